namespace Mlp.Tests.Schedules;

public class StepDecayTests
{
    [Fact]
    public void Rate_FallsEveryFewEpochs_NotSteps() => Assert.Equal(
        [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25],
        ScheduleRates.Of(new StepDecay { EpochsPerStep = 2, Factor = 0.5 }, stepsPerEpoch: 2, numberOfEpochs: 5), ScheduleRates.Close);

    [Theory]
    [InlineData(0, 0.1, "EpochsPerStep is 0; it must be at least 1.")]
    [InlineData(1, 0, "Factor is 0; it must be in (0, 1].")]
    [InlineData(1, 1.5, "Factor is 1.5; it must be in (0, 1].")]
    [InlineData(1, double.NaN, "Factor is NaN; it must be in (0, 1].")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(int epochsPerStep, double factor, string message) =>
        ScheduleRates.AssertRefused(new StepDecay { EpochsPerStep = epochsPerStep, Factor = factor }, message);
}
