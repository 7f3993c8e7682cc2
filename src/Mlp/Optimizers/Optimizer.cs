using System.Numerics;
using Mlp.Numerics;
using Mlp.Optimizers;

namespace Mlp;

/// <summary>The rule that turns gradients into steps, with its hyper-parameters. It holds no state and can be shared.</summary>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>The step size α, in (0, ∞), before a schedule. scikit-learn: learning_rate_init; PyTorch: lr.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>
    /// Decoupled decay: before every step weights shrink to (1 − α·decay) of themselves, biases do not. In [0, 1/α). Default: 0.
    /// Source: Loshchilov and Hutter 2019. scikit-learn: none; PyTorch: weight_decay of AdamW. Not a synonym of
    /// <see cref="TrainingSettings.L2Regularization"/>: the gradients do not see it.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>Checks every hyper-parameter against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside; the message names it.</exception>
    public virtual void Validate()
    {
        RangeCheck.Positive(LearningRate);
        RangeCheck.Require(
            WeightDecay >= 0 && WeightDecay * LearningRate < 1, WeightDecay, $"at least 0 and below 1 / LearningRate = {1 / LearningRate}");
    }

    /// <summary>Name and values, whatever the culture.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>What is kept of each parameter from step to step, at most, in bytes.</summary>
    /// <param name="valueBytes">Size of a parameter.</param>
    /// <param name="numberOfEpochs">Of the training.</param>
    internal abstract double StateBytes(int valueBytes, int numberOfEpochs);

    internal abstract OptimizerState<T> CreateState<T>(int parameterCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A positive number that stays positive and normal in T: as a divisor's only part it must not become 0.</summary>
    private protected static T Positive<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Math.Max(value, Tiny.Normal<T>()));

    /// <summary>The smallest gradient that a running mean of squares can hold, where newPart is what the newest square counts.</summary>
    /// <remarks>
    /// newPart · g² is four times <see cref="Tiny.Square"/>. Smaller gradients do not move a parameter: one that was in the mean gradient
    /// and not in the mean square would be divided by ε alone.
    /// </remarks>
    private protected static T SmallestGradient<T>(double newPart)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(2 * Math.Sqrt(Tiny.Square<T>() / newPart));
}
