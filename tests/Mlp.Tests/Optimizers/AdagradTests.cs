namespace Mlp.Tests.Optimizers;

public class AdagradTests
{
    [Fact]
    public void Step_MatchesHandWorkedExample()
    {
        // α = 1, decay 1, q begins at 7, ε = 1, gradients 3 and 3, starting at p = 0:
        //   q = 7 + 9 = 16       p = 0 − 1/1 · 3 / (4 + 1) = −0.6
        //   q = 16 + 9 = 25      p = −0.6 − 1/2 · 3 / (5 + 1) = −0.85
        var adagrad = new Adagrad { LearningRate = 1, LearningRateDecay = 1, InitialAccumulator = 7, Epsilon = 1 };
        Assert.Equal([-0.6, -0.85], OptimizerSteps.Run(adagrad, 0, 3, 3), OptimizerSteps.Close);
    }

    [Theory]
    [InlineData(-1, 0, 0, 1, "LearningRate is -1; it must be positive and finite.")]
    [InlineData(1, -1, 0, 1, "LearningRateDecay is -1; it must be at least 0 and finite.")]
    [InlineData(1, double.PositiveInfinity, 0, 1, "LearningRateDecay is Infinity; it must be at least 0 and finite.")]
    [InlineData(1, 0, -0.1, 1, "InitialAccumulator is -0.1; it must be at least 0 and finite.")]
    [InlineData(1, 0, double.NaN, 1, "InitialAccumulator is NaN; it must be at least 0 and finite.")]
    [InlineData(1, 0, 0, 0, "Epsilon is 0; it must be positive and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(
        double learningRate, double decay, double accumulator, double epsilon, string message) =>
        OptimizerSteps.AssertRefused(
            new Adagrad { LearningRate = learningRate, LearningRateDecay = decay, InitialAccumulator = accumulator, Epsilon = epsilon },
            message);

    [Fact]
    public void Defaults_AreKnown_AndInRange()
    {
        // Those of PyTorch.
        Assert.Equal(
            new Adagrad { LearningRate = 0.01, LearningRateDecay = 0, InitialAccumulator = 0, Epsilon = 1e-10, WeightDecay = 0 },
            new Adagrad());
        new Adagrad().Validate();
    }
}
