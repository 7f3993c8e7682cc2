namespace Mlp.Tests.Schedules;

public class OneCycleTests
{
    [Fact]
    public void Rate_RisesAndFalls_InStraightLines()
    {
        // Ten steps, up = 0.3 · 10 − 1 = 2: from 1/4 over 5/8 to 1, then in 7 steps to 1/4/2.
        var schedule = new OneCycle { Linear = true, DivisionFactor = 4, FinalDivisionFactor = 2 };
        double[] rates = ScheduleRates.Of(schedule, stepsPerEpoch: 5, numberOfEpochs: 2);
        Assert.Equal([0.25, 0.625, 1, 1 - 0.875 / 7], rates[..4], ScheduleRates.Close);
        Assert.Equal(0.125, rates[^1], 15);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    public void Rate_OfAVeryShortTraining_IsInRange(int stepsPerEpoch, int numberOfEpochs) => Assert.All(
        ScheduleRates.Of(new OneCycle(), stepsPerEpoch, numberOfEpochs), rate => Assert.InRange(rate, 1 / 25.0 / 1e4 * 0.999, 1));

    [Fact]
    public void Momentum_IsUsed_ByEveryRuleThatHasOne()
    {
        // Two steps on gradient 1 with the rate nearly constant: a momentum shows in the second step.
        var schedule = new OneCycle { DivisionFactor = 1, FinalDivisionFactor = 1, LowestMomentum = 0.5, HighestMomentum = 0.5 };
        Assert.Equal(-1 - 1.5, Weight(new Sgd { LearningRate = 1 }, schedule), 12);
        Assert.Equal(-1 - 1.5, Weight(new Sgd { LearningRate = 1, Momentum = 0.9 }, schedule), 12);
        Assert.Equal(
            Weight(new RmsProp { LearningRate = 1, Momentum = 0.5 }, LearningRateSchedule.Constant),
            Weight(new RmsProp { LearningRate = 1 }, schedule), 12);
        Assert.Equal(
            Weight(new Adam { LearningRate = 1, Beta1 = 0.5 }, LearningRateSchedule.Constant),
            Weight(new Adam { LearningRate = 1 }, schedule), 12);
    }

    [Theory]
    [InlineData(0, 25, 1e4, 0.85, 0.95, "WarmupFraction is 0; it must be in (0, 1).")]
    [InlineData(1, 25, 1e4, 0.85, 0.95, "WarmupFraction is 1; it must be in (0, 1).")]
    [InlineData(0.3, 0.5, 1e4, 0.85, 0.95, "DivisionFactor is 0.5; it must be at least 1 and finite.")]
    [InlineData(0.3, 25, double.PositiveInfinity, 0.85, 0.95, "FinalDivisionFactor is Infinity; it must be at least 1 and finite.")]
    [InlineData(0.3, 25, 1e4, -0.1, 0.95, "LowestMomentum is -0.1; it must be in [0, 1).")]
    [InlineData(0.3, 25, 1e4, 0.85, 1, "HighestMomentum is 1; it must be in [0, 1).")]
    [InlineData(0.3, 25, 1e4, 0.9, 0.85, "LowestMomentum is 0.9; it must be at most HighestMomentum, which is 0.85.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(
        double warmup, double division, double finalDivision, double lowest, double highest, string message) => ScheduleRates.AssertRefused(
        new OneCycle
        {
            WarmupFraction = warmup,
            DivisionFactor = division,
            FinalDivisionFactor = finalDivision,
            LowestMomentum = lowest,
            HighestMomentum = highest,
        }, message);

    private static double Weight(Optimizer optimizer, LearningRateSchedule schedule)
    {
        var network = Network<double>.Create(
            inputCount: 1, [Layer.Dense(1) with { HasBiases = false, WeightInitializer = Initializer.Zero }]);
        // The target lies so low that the gradient of the absolute error is 1 in both steps.
        Trainer.Fit(network, new DenseRows<double>((double[])[1], (double[])[-100], inputCount: 1), new TrainingSettings
        {
            Loss = Loss.AbsoluteError,
            Optimizer = optimizer,
            Schedule = schedule,
            NumberOfEpochs = 2,
            NumberOfThreads = 1,
        });
        return network.Parameters.Values[0];
    }
}
