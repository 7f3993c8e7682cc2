using Mlp.Optimizers;

namespace Mlp.Tests.Optimizers;

public class SgdTests
{
    [Fact]
    public void Step_WithMomentumDampeningAndNesterov_MatchesHandWorkedExample()
    {
        // momentum 0.5, rate 0.1, gradients 1 and 2, starting at p = 10:
        //   b = 1 (the first one, undamped)             p = 10 − 0.1·1 = 9.9
        //   b = 0.5·1 + (1 − 0.25)·2 = 2                p = 9.9 − 0.1·2 = 9.7
        Assert.Equal([9.9, 9.7], Steps(new Sgd { LearningRate = 0.1, Momentum = 0.5, Dampening = 0.25 }), Close);

        //   b = 1, direction 1 + 0.5·1 = 1.5            p = 10 − 0.1·1.5 = 9.85
        //   b = 0.5·1 + 2 = 2.5, direction 2 + 0.5·2.5  p = 9.85 − 0.1·3.25 = 9.525
        Assert.Equal([9.85, 9.525], Steps(new Sgd { LearningRate = 0.1, Momentum = 0.5, Nesterov = true }), Close);

        Assert.Equal([9.9, 9.7], Steps(new Sgd { LearningRate = 0.1 }), Close);
    }

    [Theory]
    [InlineData(0, 0, 0, "LearningRate is 0; it must be positive and finite.")]
    [InlineData(-1, 0, 0, "LearningRate is -1; it must be positive and finite.")]
    [InlineData(double.NaN, 0, 0, "LearningRate is NaN; it must be positive and finite.")]
    [InlineData(double.PositiveInfinity, 0, 0, "LearningRate is Infinity; it must be positive and finite.")]
    [InlineData(1, 1, 0, "Momentum is 1; it must be in [0, 1).")]
    [InlineData(1, -0.1, 0, "Momentum is -0.1; it must be in [0, 1).")]
    [InlineData(1, double.NaN, 0, "Momentum is NaN; it must be in [0, 1).")]
    [InlineData(1, 0, 1.5, "Dampening is 1.5; it must be in [0, 1].")]
    [InlineData(1, 0, -0.5, "Dampening is -0.5; it must be in [0, 1].")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(double learningRate, double momentum, double dampening, string message)
    {
        var sgd = new Sgd { LearningRate = learningRate, Momentum = momentum, Dampening = dampening };
        var exception = Assert.Throws<ArgumentOutOfRangeException>(sgd.Validate);
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0.5)]
    public void Validate_NesterovWithoutMomentum_OrWithDampening_IsRefused(double momentum, double dampening)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            "Nesterov", () => new Sgd { Momentum = momentum, Dampening = dampening, Nesterov = true }.Validate());
        Assert.StartsWith(
            $"Nesterov is true with Momentum {momentum} and Dampening {dampening}; it needs a positive Momentum", exception.Message);
    }

    [Fact]
    public void Defaults_AreKnown_AndInRange()
    {
        // PyTorch has no default rate; the others are its own.
        Assert.Equal(new Sgd { LearningRate = 0.1, Momentum = 0, Dampening = 0, Nesterov = false, WeightDecay = 0 }, new Sgd());
        new Sgd().Validate();
    }

    private static double[] Steps(Optimizer optimizer)
    {
        OptimizerState<double> state = optimizer.CreateState<double>(1);
        double[] parameters = [10];
        state.Step(parameters, [1.0], new StepRates(optimizer.LearningRate), step: 1);
        double first = parameters[0];
        state.Step(parameters, [2.0], new StepRates(optimizer.LearningRate), step: 2);
        return [first, parameters[0]];
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-14;
}
