namespace Mlp.Tests.Optimizers;

public class NAdamTests
{
    [Fact]
    public void FirstStep_MatchesHandWorkedExample()
    {
        // β₁ = 0.5, β₂ = 0.75, decay so small that μ₁ = μ₂ = 0.25, α = 1, ε small, gradient g = 3:
        //   m = 1.5, v = 0.25·9, √(v / (1 − β₂)) = 3
        //   [(1 − ¼)/(1 − ¼)·3 + ¼/(1 − ¼·¼)·1.5] / 3 = 1 + 4/15·½ = 17/15
        var nadam = new NAdam { LearningRate = 1, Beta1 = 0.5, Beta2 = 0.75, MomentumDecay = 1e-300, Epsilon = 1e-300 };
        Assert.Equal([-17.0 / 15], OptimizerSteps.Run(nadam, 0, 3), OptimizerSteps.Close);
    }

    [Theory]
    [InlineData(0, 0.9, 0.999, 1e-8, 0.004, "LearningRate is 0; it must be positive and finite.")]
    [InlineData(1, 1, 0.999, 1e-8, 0.004, "Beta1 is 1; it must be in [0, 1).")]
    [InlineData(1, 0.9, -1, 1e-8, 0.004, "Beta2 is -1; it must be in [0, 1).")]
    [InlineData(1, 0.9, 0.999, 0, 0.004, "Epsilon is 0; it must be positive and finite.")]
    [InlineData(1, 0.9, 0.999, 1e-8, 0, "MomentumDecay is 0; it must be positive and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(
        double learningRate, double beta1, double beta2, double epsilon, double momentumDecay, string message) =>
        OptimizerSteps.AssertRefused(
            new NAdam { LearningRate = learningRate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, MomentumDecay = momentumDecay },
            message);

    [Fact]
    public void Defaults_AreKnown_AndInRange()
    {
        // Those of PyTorch.
        Assert.Equal(
            new NAdam { LearningRate = 0.002, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, MomentumDecay = 0.004, WeightDecay = 0 },
            new NAdam());
        new NAdam().Validate();
    }
}
