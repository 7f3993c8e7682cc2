namespace Mlp.Tests.Schedules;

public class ReduceOnPlateauTests
{
    [Fact]
    public void Rate_FallsAfterPatienceIsOver_ThenPauses()
    {
        // Patience 1: two bad epochs are one too many. Cooldown 1: the epoch after a fall is not counted.
        var schedule = new ReduceOnPlateau { Factor = 0.5, Patience = 1, Cooldown = 1 };
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Rates(schedule, 3, 3, 3, 3, 3, 3));
    }

    [Fact]
    public void Improvement_IsRelativeOrAbsolute()
    {
        // 10 → 9.5 is 5 %, or 0.5.
        Assert.Equal([1, 1, 1], Rates(new ReduceOnPlateau { Patience = 0, MinimumImprovement = 0.04 }, 10, 9.5));
        Assert.Equal([1, 1, 0.1], Rates(new ReduceOnPlateau { Patience = 0, MinimumImprovement = 0.06 }, 10, 9.5));
        Assert.Equal(
            [1, 1, 1], Rates(new ReduceOnPlateau { Patience = 0, MinimumImprovement = 0.4, RelativeImprovement = false }, 10, 9.5));
        Assert.Equal(
            [1, 1, 0.1], Rates(new ReduceOnPlateau { Patience = 0, MinimumImprovement = 0.6, RelativeImprovement = false }, 10, 9.5));
    }

    [Fact]
    public void Rate_StopsAtTheMinimum_AndLeavesOutTinyChanges()
    {
        Assert.Equal([1, 1, 0.4, 0.4], Rates(new ReduceOnPlateau { Patience = 0, MinimumLearningRate = 0.4 }, 1, 1, 1));
        Assert.Equal([1, 1, 1], Rates(new ReduceOnPlateau { Patience = 0, Factor = 0.999, SmallestChange = 0.01 }, 1, 1));
    }

    [Fact]
    public void Fit_LooksAtTheValidationLoss_WhereThereIsOne()
    {
        // A weight of 1 that training moves towards 0, which its validation row does not like.
        Assert.Equal(
            [1e-3, 1e-3, 1e-4], Fit(validation: new DenseRows<double>((double[])[1], (double[])[2], inputCount: 1)), ScheduleRates.Close);
        Assert.Equal([1e-3, 1e-3, 1e-3], Fit(validation: null), ScheduleRates.Close);

        static IEnumerable<double> Fit(IRowSource<double>? validation) => Trainer.Fit(
            Network<double>.Create(inputCount: 1, [Layer.Dense(1) with { HasBiases = false, WeightInitializer = Initializer.Constant(1) }]),
            new DenseRows<double>((double[])[1], (double[])[0], inputCount: 1), validation, new TrainingSettings
            {
                Loss = Loss.SquaredError,
                Optimizer = new Sgd { LearningRate = 1e-3 },
                Schedule = new ReduceOnPlateau { Patience = 0 },
                NumberOfEpochs = 3,
                NumberOfThreads = 1,
            }).History.Select(report => report.LearningRate);
    }

    [Theory]
    [InlineData("Factor is 1; it must be in (0, 1).", 1, 10, 0, 0, 0, 0)]
    [InlineData("Patience is -1; it must be at least 0.", 0.1, -1, 0, 0, 0, 0)]
    [InlineData("MinimumImprovement is -0.5; it must be at least 0 and finite.", 0.1, 10, -0.5, 0, 0, 0)]
    [InlineData("Cooldown is -2; it must be at least 0.", 0.1, 10, 0, -2, 0, 0)]
    [InlineData("MinimumLearningRate is NaN; it must be at least 0 and finite.", 0.1, 10, 0, 0, double.NaN, 0)]
    [InlineData("SmallestChange is -1; it must be at least 0 and finite.", 0.1, 10, 0, 0, 0, -1)]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(
        string message, double factor, int patience, double improvement, int cooldown, double minimum, double change) =>
            ScheduleRates.AssertRefused(
        new ReduceOnPlateau
        {
            Factor = factor,
            Patience = patience,
            MinimumImprovement = improvement,
            Cooldown = cooldown,
            MinimumLearningRate = minimum,
            SmallestChange = change,
        }, message);

    /// <summary>The rate of each epoch, and of the one after the last loss.</summary>
    private static double[] Rates(ReduceOnPlateau schedule, params double[] losses)
    {
        Mlp.Schedules.ScheduleState state = schedule.Start(new(LearningRate: 1, StepsPerEpoch: 1, NumberOfEpochs: losses.Length));
        var rates = new List<double> { state.At(0).LearningRate };
        for (int epoch = 0; epoch < losses.Length; epoch++)
        {
            state.EpochEnded(losses[epoch]);
            rates.Add(state.At(epoch + 1).LearningRate);
        }
        return [.. rates];
    }
}
