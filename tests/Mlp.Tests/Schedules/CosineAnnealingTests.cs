namespace Mlp.Tests.Schedules;

public class CosineAnnealingTests
{
    [Fact]
    public void Rate_FallsAlongHalfAWave()
    {
        // cos(0), cos(π/4), cos(π/2), cos(3π/4), from 1 towards 0.2.
        double slope = Math.Sqrt(0.5);
        Assert.Equal(
            [1, 0.6 + 0.4 * slope, 0.6, 0.6 - 0.4 * slope],
            ScheduleRates.Of(new CosineAnnealing { MinimumLearningRate = 0.2 }, stepsPerEpoch: 2, numberOfEpochs: 2), ScheduleRates.Close);
    }

    [Fact]
    public void Rate_RisesInAStraightLineBefore() => Assert.Equal(
        [0.2, 0.6, 1, 0.5],
        ScheduleRates.Of(new CosineAnnealing { WarmupEpochs = 1, WarmupStartFactor = 0.2 }, stepsPerEpoch: 2, numberOfEpochs: 2),
        ScheduleRates.Close);

    [Fact]
    public void Rate_IsFinite_WhenTheWarmUpTakesTheWholeTraining() => Assert.All(
        ScheduleRates.Of(new CosineAnnealing { WarmupEpochs = 3 }, stepsPerEpoch: 2, numberOfEpochs: 3),
        rate => Assert.InRange(rate, 0.1, 1));

    [Theory]
    [InlineData(-1, 0.1, 0, "WarmupEpochs is -1; it must be at least 0 and finite.")]
    [InlineData(1, 0, 0, "WarmupStartFactor is 0; it must be in (0, 1].")]
    [InlineData(1, 1.1, 0, "WarmupStartFactor is 1.1; it must be in (0, 1].")]
    [InlineData(1, 0.1, -1, "MinimumLearningRate is -1; it must be at least 0 and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(double warmupEpochs, double startFactor, double minimum, string message) =>
    ScheduleRates.AssertRefused(
        new CosineAnnealing { WarmupEpochs = warmupEpochs, WarmupStartFactor = startFactor, MinimumLearningRate = minimum }, message);
}
