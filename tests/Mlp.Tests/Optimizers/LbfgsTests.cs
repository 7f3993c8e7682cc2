namespace Mlp.Tests.Optimizers;

public class LbfgsTests
{
    // y = 3a − 2b + 1 on five rows, exactly.
    private static readonly double[] Features = [0, 0, 1, 0, 0, 1, 1, 1, 2, -1], Targets = [1, 4, -1, 2, 9];

    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.HalfSquaredError,
        Optimizer = new Lbfgs { GradientTolerance = 1e-12 },
        NumberOfThreads = 1,
    };

    [Fact]
    public void Fit_SolvesALinearModel_AndStopsThere()
    {
        Network<double> network = LinearModel<double>();
        TrainingResult result = Trainer.Fit(network, new DenseRows<double>(Features, Targets, inputCount: 2), Settings);
        Assert.Equal([3, -2, 1], network.Parameters.Values.ToArray(), (expected, actual) => Math.Abs(expected - actual) < 1e-10);
        Assert.InRange(result.History.Count, 2, 30);
        Assert.True(result.Last.GradientNorm < 1e-11);
    }

    [Fact]
    public void Fit_InSingle_SolvesALinearModel_AndStopsWhereRoundingEnds()
    {
        Network<float> network = LinearModel<float>();
        var rows = new DenseRows<float>(
            Array.ConvertAll(Features, Convert.ToSingle), Array.ConvertAll(Targets, Convert.ToSingle), inputCount: 2);
        TrainingResult result = Trainer.Fit(network, rows, Settings);
        Assert.Equal([3, -2, 1], network.Parameters.Values.ToArray(), (expected, actual) => Math.Abs(expected - actual) < 1e-5f);
        Assert.InRange(result.History.Count, 2, 60);
    }

    [Fact]
    public void Fit_WithAMemoryOfAnyLength_KeepsNoMoreThanTheSteps()
    {
        Network<double> all = LinearModel<double>(), ten = LinearModel<double>();
        var rows = new DenseRows<double>(Features, Targets, inputCount: 2);
        Trainer.Fit(all, rows, Settings with { Optimizer = new Lbfgs { Memory = int.MaxValue }, NumberOfEpochs = 10 });
        Trainer.Fit(ten, rows, Settings with { Optimizer = new Lbfgs { Memory = 10 }, NumberOfEpochs = 10 });
        Assert.Equal(ten.Parameters.Values.ToArray(), all.Parameters.Values.ToArray());
    }

    [Fact]
    public void Fit_WithL2_MinimizesTheObjective()
    {
        // One weight, no bias, rows (1, 2): ½ (w − 2)² + ½ · 3 · w² is least at w = 2 / (1 + 3).
        var network = Network<double>.Create(inputCount: 1, [Layer.Dense(1) with { HasBiases = false }]);
        Trainer.Fit(network, new DenseRows<double>((double[])[1], (double[])[2], inputCount: 1), Settings with { L2Regularization = 3 });
        Assert.Equal(0.5, network.Parameters.Values[0], 12);
    }

    [Fact]
    public void Fit_AtTheMinimum_ChangesNothing()
    {
        Network<double> network = LinearModel<double>();
        ((double[])[3, -2, 1]).CopyTo(network.Parameters.Values);
        TrainingResult result = Trainer.Fit(network, new DenseRows<double>(Features, Targets, inputCount: 2), Settings);
        Assert.Equal([3, -2, 1], network.Parameters.Values.ToArray());
        Assert.Equal((1, 0.0, 0.0, 0.0), (result.History.Count, result.Last.Loss, result.Last.GradientNorm, result.Last.LearningRate));
    }

    [Fact]
    public void Fit_NeverRaisesTheObjective()
    {
        var network = Network<double>.Create(inputCount: 2, [Layer.Dense(4, Activation.Tanh), Layer.Dense(1)], seed: 5);
        TrainingResult result = Trainer.Fit(
            network, new DenseRows<double>(Features, Targets, inputCount: 2), Settings with { NumberOfEpochs = 60 });
        Assert.All(result.History.Zip(result.History.Skip(1)), pair => Assert.True(pair.Second.Loss <= pair.First.Loss));
        Assert.True(result.Last.Loss < 1e-6 * result.History[0].Loss);
    }

    [Fact]
    public void Fit_IsRepeatable_AndCanBeCancelled()
    {
        Assert.Equal(Parameters(), Parameters());
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Trainer.Fit(
            LinearModel<double>(), new DenseRows<double>(Features, Targets, inputCount: 2),
            Settings with { CancellationToken = source.Token }));

        static double[] Parameters()
        {
            var network = Network<double>.Create(inputCount: 2, [Layer.Dense(4, Activation.Tanh), Layer.Dense(1)], seed: 5);
            Trainer.Fit(network, new DenseRows<double>(Features, Targets, inputCount: 2), Settings with { NumberOfEpochs = 20 });
            return network.Parameters.Values.ToArray();
        }
    }

    [Fact]
    public void Fit_WithLossesThatOverflow_IsDivergence()
    {
        double[] features = [.. Features.Select(feature => feature * 1e200)];
        var exception = Assert.Throws<TrainingDivergedException>(
            () => Trainer.Fit(LinearModel<double>(), new DenseRows<double>(features, Targets, inputCount: 2), Settings));
        Assert.Contains("features range from -1E+200 to 2E+200", exception.Message);
    }

    public static TheoryData<string, TrainingSettings> Refused => new()
    {
        { "BatchSize is 32; it must be left out or TrainingSettings.FullBatch: L-BFGS takes all rows in every step",
            Settings with { BatchSize = 32 } },
        { "L1Regularization is 0.1; it must be 0: L-BFGS needs a smooth objective. Use L2Regularization.",
            Settings with { L1Regularization = 0.1 } },
        { "Schedule is StepDecay", Settings with { Schedule = new StepDecay() } },
        { "MaximumGradientNorm is 1; it must be left out", Settings with { MaximumGradientNorm = 1 } },
        { "MaximumGradientValue is 1; it must be left out", Settings with { MaximumGradientValue = 1 } },
        { "WeightDecay is 0.1; it must be 0: L-BFGS follows the gradient of its objective. Use L2Regularization.",
            Settings with { Optimizer = new Lbfgs { WeightDecay = 0.1 } } },
        { "LearningRate is 0; it must be positive and finite.", Settings with { Optimizer = new Lbfgs { LearningRate = 0 } } },
        { "Memory is 0; it must be at least 1.", Settings with { Optimizer = new Lbfgs { Memory = 0 } } },
        { "GradientTolerance is -1; it must be at least 0 and finite.",
            Settings with { Optimizer = new Lbfgs { GradientTolerance = -1 } } },
        { "MaximumLineSearchSteps is 0; it must be at least 1.", Settings with { Optimizer = new Lbfgs { MaximumLineSearchSteps = 0 } } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Validate_WhatDoesNotFit_IsRefusedWithTheReason(string message, TrainingSettings settings)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(settings.Validate);
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
    }

    [Fact]
    public void Validate_FullBatch_AndDefaults_AreInRange() =>
    (Settings with { Optimizer = new Lbfgs(), BatchSize = TrainingSettings.FullBatch }).Validate();

    private static Network<T> LinearModel<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        Network<T>.Create(inputCount: 2, [Layer.Dense(1) with { WeightInitializer = Initializer.Zero }]);
}
