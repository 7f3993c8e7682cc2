using Mlp.Optimizers;

namespace Mlp.Tests.Optimizers;

public class AdamTests
{
    [Fact]
    public void FirstStep_HasTheSizeOfTheLearningRate_WhateverTheGradient()
    {
        // After one step m / (1 − β₁) = g and √(v / (1 − β₂)) = |g|, so the step is α · sign(g) but for ε.
        OptimizerState<double> state = new Adam { LearningRate = 0.01, Epsilon = 1e-300 }.CreateState<double>(3);
        double[] parameters = [1, 1, 1];
        state.Step(parameters, [1e-6, 5.0, -1e6], new StepRates(0.01), step: 1);
        Assert.Equal([0.99, 0.99, 1.01], parameters, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void AmsGrad_KeepsTheLargestMeanSquare()
    {
        // β₁ = β₂ = 0.5, ε small, α = 1; gradients 1 and then 0:
        //   t = 1: m = 0.5, v = 0.5                       step 1/0.5 · 0.5 / √(0.5/0.5) = 1
        //   t = 2: m = 0.25, v = 0.25, but largest 0.5    step 1/0.75 · 0.25 / √(0.5/0.75)
        var adam = new Adam { LearningRate = 1, Beta1 = 0.5, Beta2 = 0.5, Epsilon = 1e-300, AmsGrad = true };
        Assert.Equal(-1 - 0.25 / 0.75 / Math.Sqrt(0.5 / 0.75), TwoSteps(adam), 14);
        Assert.Equal(-1 - 0.25 / 0.75 / Math.Sqrt(0.25 / 0.75), TwoSteps(adam with { AmsGrad = false }), 14);
    }

    [Theory]
    [InlineData(0, 0.9, 0.999, 1e-8, "LearningRate is 0; it must be positive and finite.")]
    [InlineData(1, 1, 0.999, 1e-8, "Beta1 is 1; it must be in [0, 1).")]
    [InlineData(1, double.NaN, 0.999, 1e-8, "Beta1 is NaN; it must be in [0, 1).")]
    [InlineData(1, 0.9, -0.1, 1e-8, "Beta2 is -0.1; it must be in [0, 1).")]
    [InlineData(1, 0.9, 0.999, 0, "Epsilon is 0; it must be positive and finite.")]
    [InlineData(1, 0.9, 0.999, double.PositiveInfinity, "Epsilon is Infinity; it must be positive and finite.")]
    public void Validate_OutOfRange_NamesTheValueAndTheRange(
        double learningRate, double beta1, double beta2, double epsilon, string message)
    {
        var adam = new Adam { LearningRate = learningRate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon };
        var exception = Assert.Throws<ArgumentOutOfRangeException>(adam.Validate);
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
    }

    [Fact]
    public void Defaults_AreKnown_AndInRange()
    {
        // Kingma and Ba 2015, Algorithm 1.
        Assert.Equal(
            new Adam { LearningRate = 0.001, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, AmsGrad = false, WeightDecay = 0 },
            new Adam());
        new Adam().Validate();
    }

    private static double TwoSteps(Adam adam)
    {
        OptimizerState<double> state = adam.CreateState<double>(1);
        double[] parameters = [0];
        state.Step(parameters, [1.0], new StepRates(adam.LearningRate), step: 1);
        state.Step(parameters, [0.0], new StepRates(adam.LearningRate), step: 2);
        return parameters[0];
    }
}
