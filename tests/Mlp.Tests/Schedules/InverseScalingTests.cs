namespace Mlp.Tests.Schedules;

public class InverseScalingTests
{
    [Fact]
    public void Rate_FallsLikeAPowerOfTheEpochs()
    {
        Assert.Equal(
            [1, 1 / Math.Sqrt(2), 1 / Math.Sqrt(3), 0.5], ScheduleRates.Of(new InverseScaling(), stepsPerEpoch: 1, numberOfEpochs: 4),
            ScheduleRates.Close);
        Assert.Equal(
            [1, 1 / 1.5, 0.5, 0.4], ScheduleRates.Of(new InverseScaling { Power = 1 }, stepsPerEpoch: 2, numberOfEpochs: 2),
            ScheduleRates.Close);
    }

    [Theory]
    [InlineData(-1, "Power is -1; it must be at least 0 and finite.")]
    [InlineData(double.PositiveInfinity, "Power is Infinity; it must be at least 0 and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(double power, string message) =>
        ScheduleRates.AssertRefused(new InverseScaling { Power = power }, message);
}
