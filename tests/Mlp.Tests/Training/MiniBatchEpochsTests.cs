namespace Mlp.Tests.Training;

/// <summary>Penalties, decay and clipping, each against a step worked by hand.</summary>
public class MiniBatchEpochsTests
{
    // Weights 2 and −4, bias 3, input (0, 0), target 3: the loss and its gradient are 0, so that only penalties move anything.
    private static readonly DenseRows<double> Still = new((double[])[0, 0], (double[])[3], inputCount: 2);

    // Input (1, 0), target 1: output 5, gradient of ½ (o − y)² is (4, 0; 4).
    private static readonly DenseRows<double> Moving = new((double[])[1, 0], (double[])[1], inputCount: 2);

    private static readonly TrainingSettings Settings = new()
    {
        Loss = Loss.HalfSquaredError,
        Optimizer = new Sgd { LearningRate = 0.5 },
        NumberOfEpochs = 1,
        NumberOfThreads = 1,
    };

    [Fact]
    public void L2_AddsLambdaTimesTheWeight_ButNotTheBias()
    {
        // w − ½·0.2·w
        Assert.Equal([1.8, -3.6, 3], Step(Still, Settings with { L2Regularization = 0.2 }));
        Assert.Equal([1.8, -3.6, 2.7], Step(Still, Settings with { L2Regularization = 0.2, RegularizeBiases = true }));
    }

    [Fact]
    public void L1_AddsLambdaTimesTheSign_ButNotTheBias()
    {
        // w − ½·0.2·sign(w), and nothing at 0.
        Assert.Equal([1.9, -3.9, 3], Step(Still, Settings with { L1Regularization = 0.2 }));
        Assert.Equal([1.9, -3.9, 2.9], Step(Still, Settings with { L1Regularization = 0.2, RegularizeBiases = true }));
        Assert.Equal([0, -3.9, 3], Step(Still, Settings with { L1Regularization = 0.2 }, 0, -4, 3));
    }

    [Fact]
    public void WeightDecay_ShrinksTheWeights_BeforeTheStep()
    {
        // w·(1 − ½·0.2), then minus ½·(4, 0; 4).
        Assert.Equal([1.8 - 2, -3.6, 3 - 2], Step(Moving, Settings with { Optimizer = new Sgd { LearningRate = 0.5, WeightDecay = 0.2 } }));
        Assert.Equal(
            [1.8 - 2, -3.6, 2.7 - 2],
            Step(Moving, Settings with { Optimizer = new Sgd { LearningRate = 0.5, WeightDecay = 0.2 }, RegularizeBiases = true }));
    }

    [Fact]
    public void WeightDecay_FollowsTheSchedule()
    {
        // Rates 0.5 and 0.25: 2 · 0.9 · 0.95.
        double[] parameters = Step(Still, Settings with
        {
            Optimizer = new Sgd { LearningRate = 0.5, WeightDecay = 0.2 },
            Schedule = new StepDecay { EpochsPerStep = 1, Factor = 0.5 },
            NumberOfEpochs = 2,
        });
        Assert.Equal(2 * 0.9 * 0.95, parameters[0], 14);
    }

    [Fact]
    public void Penalties_DoNotDependOnTheBatchSize()
    {
        var four = new DenseRows<double>(new double[8], (double[])[3, 3, 3, 3], inputCount: 2);
        Assert.Equal(
            Step(Still, Settings with { L1Regularization = 0.1, L2Regularization = 0.2 }),
            Step(four, Settings with { L1Regularization = 0.1, L2Regularization = 0.2, BatchSize = TrainingSettings.FullBatch }));
    }

    [Fact]
    public void MaximumGradientNorm_ShortensTheWholeGradient_NotThePenalty()
    {
        // ‖(4, 0; 4)‖ = √32, shortened to √8: (2, 0; 2); the penalty 0.2·w comes on top.
        double shortening = Math.Sqrt(8) / (Math.Sqrt(32) + 1e-6);
        Assert.Equal(
            [2 - 0.5 * (4 * shortening + 0.4), -4 + 0.5 * 0.8, 3 - 0.5 * 4 * shortening],
            Step(Moving, Settings with { MaximumGradientNorm = Math.Sqrt(8), L2Regularization = 0.2 }), Close);
        Assert.Equal([0, -4, 1], Step(Moving, Settings with { MaximumGradientNorm = 6 }));
    }

    [Fact]
    public void MaximumGradientValue_CutsEveryComponent()
    {
        Assert.Equal([1, -4, 2], Step(Moving, Settings with { MaximumGradientValue = 2 }));
        Assert.Equal([0, -4, 1], Step(Moving, Settings with { MaximumGradientValue = 5 }));
    }

    [Fact]
    public void Report_HasTheGradientNorm_BeforeClippingAndPenalties()
    {
        TrainingResult result = Trainer.Fit(
            CreateNetwork(2, -4, 3), Moving, Settings with { MaximumGradientNorm = 1, L2Regularization = 1 });
        Assert.Equal(Math.Sqrt(32), result.Last.GradientNorm, 14);
        Assert.Equal(8, result.Last.Loss);
    }

    private static double[] Step(DenseRows<double> rows, TrainingSettings settings, params double[] start)
    {
        Network<double> network = CreateNetwork(start.Length == 0 ? [2, -4, 3] : start);
        Trainer.Fit(network, rows, settings);
        return network.Parameters.Values.ToArray();
    }

    private static Network<double> CreateNetwork(params double[] parameters)
    {
        var network = Network<double>.Create(inputCount: 2, [Layer.Dense(1)]);
        parameters.CopyTo(network.Parameters.Values);
        return network;
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-14;
}
