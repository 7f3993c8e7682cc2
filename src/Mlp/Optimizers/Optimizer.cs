using System.Numerics;
using Mlp.Optimizers;

namespace Mlp;

/// <summary>The rule that turns gradients into steps, with its hyper-parameters. It holds no state and can be shared.</summary>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>The step size α, in (0, ∞). scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Checks every hyper-parameter against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside; the message names it.</exception>
    public abstract void Validate();

    internal abstract OptimizerState<T> CreateState<T>(int parameterCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private protected static void CheckRange(bool inRange, double value, string range, string name)
    {
        if (!inRange)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be {range}.");
    }

    private protected void CheckLearningRate() =>
        CheckRange(LearningRate > 0 && double.IsFinite(LearningRate), LearningRate, "positive and finite", nameof(LearningRate));
}
