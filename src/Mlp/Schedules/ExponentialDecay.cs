using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp;

/// <summary>The rate falls by the same factor in every epoch.</summary>
/// <remarks>α · factor^t. scikit-learn: none; PyTorch: ExponentialLR.</remarks>
public sealed record ExponentialDecay : LearningRateSchedule
{
    /// <summary>What is left of the rate after an epoch, in (0, 1]. Default: 0.95. PyTorch: gamma.</summary>
    public double Factor { get; init; } = 0.95;

    /// <inheritdoc/>
    public override void Validate()
    {
        RangeCheck.Require(Factor is > 0 and <= 1, Factor, "in (0, 1]");
    }

    internal override ScheduleState Start(in ScheduleLength length) => new PureScheduleState(Rates, length);

    private StepRates Rates(double learningRate, double t, double epochCount) =>
        new(learningRate * Math.Pow(Factor, t));
}
