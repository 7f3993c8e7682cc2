using Mlp.Optimizers;

namespace Mlp.Tests.Optimizers;

/// <summary>A single parameter, step by step, so that a rule can be followed on paper.</summary>
internal static class OptimizerSteps
{
    /// <summary>The parameter after each step.</summary>
    public static double[] Run(Optimizer optimizer, double start, params double[] gradients)
    {
        OptimizerState<double> state = optimizer.CreateState<double>(1);
        double[] parameters = [start], result = new double[gradients.Length];
        for (int step = 0; step < gradients.Length; step++)
        {
            state.Step(parameters, [gradients[step]], new StepRates(optimizer.LearningRate), step + 1);
            result[step] = parameters[0];
        }
        return result;
    }

    public static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-14;

    /// <summary>Refused with exactly this message, which begins with the name of the property.</summary>
    public static void AssertRefused(Optimizer optimizer, string message)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(optimizer.Validate);
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
    }
}
