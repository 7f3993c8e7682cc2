namespace Mlp.Tests.Optimizers;

public class AdadeltaTests
{
    [Fact]
    public void Step_MatchesHandWorkedExample()
    {
        // ρ = 0.5, ε = 1, α = 1, gradients √6 and 0, starting at p = 0:
        //   q = 0.5·6 = 3        d = √(0 + 1) / √(3 + 1) · √6 = √6 / 2     a = 0.5·6/4 = 0.75
        //   q = 1.5              d = 0
        double first = -Math.Sqrt(6) / 2;
        Assert.Equal(
            [first, first], OptimizerSteps.Run(new Adadelta { Decay = 0.5, Epsilon = 1 }, 0, Math.Sqrt(6), 0), OptimizerSteps.Close);

        //   A third gradient of 2: q = 0.75 + 2 = 2.75, a = 0.375: d = √1.375 / √3.75 · 2
        Assert.Equal(
            first - 2 * Math.Sqrt(1.375 / 3.75),
            OptimizerSteps.Run(new Adadelta { Decay = 0.5, Epsilon = 1 }, 0, Math.Sqrt(6), 0, 2)[2], OptimizerSteps.Close);
    }

    [Theory]
    [InlineData(double.NaN, 0.9, 1e-6, "LearningRate is NaN; it must be positive and finite.")]
    [InlineData(1, 1, 1e-6, "Decay is 1; it must be in [0, 1).")]
    [InlineData(1, 0.9, -1e-6, "Epsilon is -1E-06; it must be positive and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(double learningRate, double decay, double epsilon, string message) =>
        OptimizerSteps.AssertRefused(new Adadelta { LearningRate = learningRate, Decay = decay, Epsilon = epsilon }, message);

    [Fact]
    public void Defaults_AreKnown_AndInRange()
    {
        // Those of PyTorch.
        Assert.Equal(new Adadelta { LearningRate = 1, Decay = 0.9, Epsilon = 1e-6, WeightDecay = 0 }, new Adadelta());
        new Adadelta().Validate();
    }
}
