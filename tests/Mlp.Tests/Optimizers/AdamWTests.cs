namespace Mlp.Tests.Optimizers;

public class AdamWTests
{
    [Fact]
    public void Defaults_AreThoseOfAdam_WithDecay()
    {
        var adamW = new AdamW();
        adamW.Validate();
        Assert.Equal(0.01, adamW.WeightDecay);
        Assert.Equal((0.001, 0.9, 0.999, 1e-8), (adamW.LearningRate, adamW.Beta1, adamW.Beta2, adamW.Epsilon));
    }

    [Fact]
    public void Decay_IsNotSeenByTheMoments()
    {
        // α = 0.1, decay 1, ε tiny; input 1 and target 0 make the gradient of w = 2 equal to 2:
        //   decoupled: w = 2·(1 − 0.1) − 0.1·sign(2) = 1.7; in the gradient it would be 2 − 0.1 = 1.9, whatever its size.
        Assert.Equal(1.7, WeightAfterOneStep(new AdamW { LearningRate = 0.1, WeightDecay = 1, Epsilon = 1e-300 }), 14);
        Assert.Equal(1.9, WeightAfterOneStep(new Adam { LearningRate = 0.1, Epsilon = 1e-300 }, l2Regularization: 1), 14);
    }

    [Theory]
    [InlineData(0.1, -0.5, "WeightDecay is -0.5; it must be at least 0 and below 1 / LearningRate = 10.")]
    [InlineData(0.1, 10, "WeightDecay is 10; it must be at least 0 and below 1 / LearningRate = 10.")]
    [InlineData(0.5, double.NaN, "WeightDecay is NaN; it must be at least 0 and below 1 / LearningRate = 2.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(double learningRate, double weightDecay, string message) =>
        OptimizerSteps.AssertRefused(new AdamW { LearningRate = learningRate, WeightDecay = weightDecay }, message);

    private static double WeightAfterOneStep(Optimizer optimizer, double l2Regularization = 0)
    {
        var network = Network<double>.Create(inputCount: 1, [Layer.Dense(1) with { HasBiases = false }]);
        network.Parameters.Values[0] = 2;
        Trainer.Fit(network, new DenseRows<double>((double[])[1], (double[])[0], inputCount: 1), new TrainingSettings
        {
            Loss = Loss.HalfSquaredError,
            Optimizer = optimizer,
            L2Regularization = l2Regularization,
            NumberOfEpochs = 1,
            NumberOfThreads = 1,
        });
        return network.Parameters.Values[0];
    }
}
