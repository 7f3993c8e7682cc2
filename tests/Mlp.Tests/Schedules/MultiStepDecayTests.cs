namespace Mlp.Tests.Schedules;

public class MultiStepDecayTests
{
    [Fact]
    public void Rate_FallsAtItsMilestones_InAnyOrder() => Assert.Equal(
        [1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25],
        ScheduleRates.Of(new MultiStepDecay { Milestones = [3, 1], Factor = 0.5 }, stepsPerEpoch: 2, numberOfEpochs: 4),
        ScheduleRates.Close);

    [Theory]
    [InlineData(0, 0.1, "Milestones[1] is 0; it must be at least 1.")]
    [InlineData(2, 0, "Factor is 0; it must be in (0, 1].")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(int secondMilestone, double factor, string message) =>
        ScheduleRates.AssertRefused(new MultiStepDecay { Milestones = [1, secondMilestone], Factor = factor }, message);
}
