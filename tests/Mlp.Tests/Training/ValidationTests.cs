using Mlp.Training;

namespace Mlp.Tests.Training;

public class ValidationTests
{
    [Fact]
    public void Loss_IsTheWeightedMean_AfterTheEpoch_WithoutPenalties()
    {
        // The only step: gradient 2·(3 − 1)·1 = 4, penalty 10·3 = 30, so w = 3 − 0.01·34 = 2.66.
        // Validation: rows 1 → 0 of weight 1 and 2 → 0 of weight 3: (2.66² + 3·5.32²) / 4.
        const double Weight = 3 - 0.01 * 34;
        Assert.Equal((Weight * Weight + 3 * 4 * Weight * Weight) / 4, Fit(LossReduction.Mean), 12);
        Assert.Equal(Weight * Weight + 3 * 4 * Weight * Weight, Fit(LossReduction.Sum), 12);

        static double Fit(LossReduction reduction) => Trainer.Fit(
            CreateNetwork(3), new DenseRows<double>((double[])[1], (double[])[1], inputCount: 1),
            new DenseRows<double>((double[])[1, 2], (double[])[0, 0], inputCount: 1, exampleWeights: (double[])[1, 3]), new TrainingSettings
            {
                Loss = Loss.SquaredError,
                LossReduction = reduction,
                Optimizer = new Sgd { LearningRate = 0.01 },
                L2Regularization = 10,
                NumberOfEpochs = 1,
                NumberOfThreads = 1,
            }).Last.ValidationLoss!.Value;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(2000)]
    public void Loss_OfManyRows_IsThatOfAllAtOnce(int rowCount)
    {
        double[] features = [.. Enumerable.Range(0, rowCount).Select(row => Math.Sin(row))],
            targets = [.. Enumerable.Range(0, rowCount).Select(row => row % 3.0)];
        Network<double> network = CreateNetwork(0.5);
        var rows = new DenseRows<double>(features, targets, inputCount: 1);
        using var validation = new Validation<double>(
            network, rows, new TrainingSettings { Loss = Loss.SquaredError, NumberOfThreads = 1 }, targetScaling: null);
        Assert.Equal(Trainer.Gradient(network, rows, Loss.SquaredError, new double[1]), validation.Compute().Loss, 12);
    }

    [Fact]
    public void Report_WithoutValidationRows_HasNoValidationLoss() => Assert.Null(Trainer.Fit(
        CreateNetwork(1), new DenseRows<double>((double[])[1], (double[])[1], inputCount: 1),
        new TrainingSettings { Loss = Loss.SquaredError, NumberOfEpochs = 1 }).Last.ValidationLoss);

    [Fact]
    public void Fit_ValidationRowsThatDoNotFit_AreRefused()
    {
        var exception = Assert.Throws<ArgumentException>(() => Trainer.Fit(
            CreateNetwork(1), new DenseRows<double>((double[])[1], (double[])[1], inputCount: 1), new DenseRows<double>(
                (double[])[1, 2], (double[])[1], inputCount: 2),
            new TrainingSettings { Loss = Loss.SquaredError }));
        Assert.StartsWith("The rows have 2 features, the network has 1 inputs.", exception.Message);
    }

    private static Network<double> CreateNetwork(double weight) =>
        Network<double>.Create(
            inputCount: 1, [Layer.Dense(1) with { HasBiases = false, WeightInitializer = Initializer.Constant(weight) }]);
}
