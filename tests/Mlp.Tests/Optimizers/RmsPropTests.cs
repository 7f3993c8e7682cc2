namespace Mlp.Tests.Optimizers;

public class RmsPropTests
{
    [Fact]
    public void Step_MatchesHandWorkedExample()
    {
        // ρ = 0.75, α = 1, ε = 0.5, gradients 2 and 0, starting at p = 10:
        //   q = 0.25·4 = 1         d = 2 / (1 + 0.5) = 4/3
        //   q = 0.75·1 = 0.75      d = 0
        var plain = new RmsProp { LearningRate = 1, Decay = 0.75, Epsilon = 0.5 };
        Assert.Equal([10 - 4.0 / 3, 10 - 4.0 / 3], OptimizerSteps.Run(plain, 10, 2, 0), OptimizerSteps.Close);

        //   With momentum ½ the second step goes on by half of the first.
        Assert.Equal([10 - 4.0 / 3, 10 - 2.0], OptimizerSteps.Run(plain with { Momentum = 0.5 }, 10, 2, 0), OptimizerSteps.Close);

        //   Centered: a = 0.25·2 = 0.5, so the root is that of 1 − 0.25.
        Assert.Equal([10 - 2 / (Math.Sqrt(0.75) + 0.5)], OptimizerSteps.Run(plain with { Centered = true }, 10, 2), OptimizerSteps.Close);
    }

    [Fact]
    public void Centered_WithAConstantGradient_StaysFinite()
    {
        // q − a² tends to 0 and may fall below it by rounding.
        double[] path = OptimizerSteps.Run(new RmsProp { Decay = 0.5, Centered = true }, 0, [.. Enumerable.Repeat(0.1, 2000)]);
        Assert.All(path, value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [InlineData(0, 0.9, 0, 1e-8, "LearningRate is 0; it must be positive and finite.")]
    [InlineData(1, 1, 0, 1e-8, "Decay is 1; it must be in [0, 1).")]
    [InlineData(1, -0.5, 0, 1e-8, "Decay is -0.5; it must be in [0, 1).")]
    [InlineData(1, 0.9, 1, 1e-8, "Momentum is 1; it must be in [0, 1).")]
    [InlineData(1, 0.9, double.NaN, 1e-8, "Momentum is NaN; it must be in [0, 1).")]
    [InlineData(1, 0.9, 0, 0, "Epsilon is 0; it must be positive and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(
        double learningRate, double decay, double momentum, double epsilon, string message) =>
        OptimizerSteps.AssertRefused(
            new RmsProp { LearningRate = learningRate, Decay = decay, Momentum = momentum, Epsilon = epsilon }, message);

    [Fact]
    public void Defaults_AreKnown_AndInRange()
    {
        // Those of PyTorch.
        Assert.Equal(
            new RmsProp { LearningRate = 0.01, Decay = 0.99, Momentum = 0, Centered = false, Epsilon = 1e-8, WeightDecay = 0 },
            new RmsProp());
        new RmsProp().Validate();
    }
}
