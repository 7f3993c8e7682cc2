namespace Mlp.Tests.Training;

public class EarlyStoppingTests
{
    // One weight, which every epoch lowers by 1 from 10: the gradient of |w − 0| is 1.
    private static readonly DenseRows<double> Rows = new((double[])[1], (double[])[-1000], inputCount: 1);

    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.AbsoluteError,
        Optimizer = new Sgd { LearningRate = 1 },
        NumberOfEpochs = 100,
        NumberOfThreads = 1,
    };

    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 10)]
    [InlineData(5, 12)]
    public void Fit_StopsWhenPatienceIsOver_AndRestoresTheBestParameters(int patience, int lastEpoch)
    {
        // The validation loss |w − 3| is least after epoch 7.
        Network<double> network = CreateNetwork();
        var seen = new List<double>();
        TrainingResult result = Trainer.Fit(network, Rows, Target(3), Settings with
        {
            EarlyStopping = new EarlyStopping { Patience = patience },
            EpochCallback = _ => seen.Add(network.Parameters.Values[0]),
        });
        Assert.Equal((lastEpoch, 7), (result.History.Count, result.BestEpoch));
        Assert.Equal(seen[6], network.Parameters.Values[0]);
        Assert.Equal([.. seen.Select(weight => (double?)Math.Abs(weight - 3))], result.History.Select(report => report.ValidationLoss));
    }

    [Fact]
    public void Fit_SmallImprovements_DoNotRenewPatience_ButTheirParametersAreKept()
    {
        // Every epoch improves by 1, which is not more than 1.
        TrainingResult result = Trainer.Fit(CreateNetwork(), Rows, Target(-50), Settings with
        {
            EarlyStopping = new EarlyStopping { Patience = 4, MinimumImprovement = 1 },
        });
        // The first epoch counts as an improvement, over nothing.
        Assert.Equal((5, 5), (result.History.Count, result.BestEpoch));
    }

    [Fact]
    public void Fit_ThatImprovesToTheEnd_KeepsTheLastParameters()
    {
        Network<double> network = CreateNetwork();
        TrainingResult result = Trainer.Fit(
            network, Rows, Target(-500), Settings with { NumberOfEpochs = 20, EarlyStopping = new EarlyStopping { Patience = 1 } });
        Assert.Equal((20, 20), (result.History.Count, result.BestEpoch));
        Assert.Equal(-10, network.Parameters.Values[0]);
    }

    [Fact]
    public void Fit_StoppedByTheCallback_RestoresTheBestParameters()
    {
        Network<double> network = CreateNetwork();
        TrainingResult result = Trainer.Fit(network, Rows, Target(3), Settings with
        {
            EarlyStopping = new EarlyStopping { Patience = 50 },
            EpochCallback = report =>
            {
                if (report.Epoch == 20)
                    report.StopTraining();
            },
        });
        Assert.Equal((20, 7, 3.0), (result.History.Count, result.BestEpoch, network.Parameters.Values[0]));
    }

    [Fact]
    public void Fit_RestoresEveryParameter_BitForBit()
    {
        var network = Network<float>.Create(inputCount: 2, [Layer.Dense(7, Activation.Tanh), Layer.Dense(1)], seed: 4);
        var random = new Random(1);
        float[] features = [.. Enumerable.Range(0, 80).Select(_ => random.NextSingle())],
            targets = [.. Enumerable.Range(0, 40).Select(_ => random.NextSingle())];
        var snapshots = new List<float[]>();
        TrainingResult result = Trainer.Fit(
            network, new DenseRows<float>(features.AsMemory(0, 40), targets.AsMemory(0, 20), inputCount: 2),
            new DenseRows<float>(features.AsMemory(40), targets.AsMemory(20), inputCount: 2), new TrainingSettings
            {
                Loss = Loss.SquaredError,
                Optimizer = new Adam { LearningRate = 0.05 },
                EarlyStopping = new EarlyStopping { Patience = 10 },
                EpochCallback = _ => snapshots.Add(network.Parameters.Values.ToArray()),
            });
        Assert.InRange(result.BestEpoch, 1, result.History.Count - 10);
        Assert.Equal(snapshots[result.BestEpoch - 1], network.Parameters.Values.ToArray());
        Assert.Equal(result.History.Min(report => report.ValidationLoss), result.History[result.BestEpoch - 1].ValidationLoss);
    }

    [Fact]
    public void Fit_WithLbfgs_CanStopEarly()
    {
        TrainingResult result = Trainer.Fit(CreateNetwork(), Target(3), Target(9), Settings with
        {
            Loss = Loss.HalfSquaredError,
            Optimizer = new Lbfgs(),
            EarlyStopping = new EarlyStopping { Patience = 1 },
        });
        // From 10 towards 3 the first step leads away from 9.
        Assert.Equal(1, result.BestEpoch);
    }

    [Fact]
    public void Fit_WithoutValidationRows_IsRefused()
    {
        var exception = Assert.Throws<ArgumentException>(
            "validation", () => Trainer.Fit(CreateNetwork(), Rows, Settings with { EarlyStopping = new EarlyStopping() }));
        Assert.StartsWith(
            "EarlyStopping is set, but there are no validation rows for it to look at. Give some, or leave EarlyStopping out.",
            exception.Message);
    }

    [Fact]
    public void Fit_WithAValidationLossOfNaN_IsDivergence()
    {
        var exception = Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(CreateNetwork(), Rows, Target(double.NaN), Settings));
        Assert.StartsWith("The validation loss became NaN in epoch 1, step 1, at learning rate 1;", exception.Message);
    }

    [Theory]
    [InlineData(0, 0, "Patience is 0; it must be at least 1.")]
    [InlineData(1, -0.5, "MinimumImprovement is -0.5; it must be at least 0 and finite.")]
    [InlineData(1, double.NaN, "MinimumImprovement is NaN; it must be at least 0 and finite.")]
    [InlineData(1, double.PositiveInfinity, "MinimumImprovement is Infinity; it must be at least 0 and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(int patience, double minimumImprovement, string message)
    {
        TrainingSettings settings = Settings
            with
        { EarlyStopping = new EarlyStopping { Patience = patience, MinimumImprovement = minimumImprovement } };
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(settings.Validate);
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
    }

    private static DenseRows<double> Target(double target) => new((double[])[1], (double[])[target], inputCount: 1);

    private static Network<double> CreateNetwork() =>
        Network<double>.Create(inputCount: 1, [Layer.Dense(1) with { HasBiases = false, WeightInitializer = Initializer.Constant(10) }]);
}
