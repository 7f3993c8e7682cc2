namespace Mlp.Tests.Schedules;

public class ExponentialDecayTests
{
    [Fact]
    public void Rate_FallsByTheFactorInAnEpoch_SmoothlyFromStepToStep() => Assert.Equal(
        [1, 0.5, 0.25, 0.125],
        ScheduleRates.Of(new ExponentialDecay { Factor = 0.25 }, stepsPerEpoch: 2, numberOfEpochs: 2), ScheduleRates.Close);

    [Theory]
    [InlineData(0, "Factor is 0; it must be in (0, 1].")]
    [InlineData(1.01, "Factor is 1.01; it must be in (0, 1].")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(double factor, string message) =>
        ScheduleRates.AssertRefused(new ExponentialDecay { Factor = factor }, message);
}
