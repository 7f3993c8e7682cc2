using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp;

/// <summary>The rate falls by a factor every few epochs.</summary>
/// <remarks>α · factor^⌊t / length⌋. scikit-learn: none; PyTorch: StepLR.</remarks>
public sealed record StepDecay : LearningRateSchedule
{
    /// <summary>Epochs between two falls, at least 1. Default: 10. PyTorch: step_size.</summary>
    public int EpochsPerStep { get; init; } = 10;

    /// <summary>What the rate is multiplied with, in (0, 1]. Default: 0.1. scikit-learn: none; PyTorch: gamma.</summary>
    public double Factor { get; init; } = 0.1;

    /// <inheritdoc/>
    public override void Validate()
    {
        RangeCheck.AtLeast(1, EpochsPerStep);
        RangeCheck.Require(Factor is > 0 and <= 1, Factor, "in (0, 1]");
    }

    internal override ScheduleState Start(in ScheduleLength length) => new PureScheduleState(Rates, length);

    private StepRates Rates(double learningRate, double t, double epochCount) =>
        new(learningRate * Math.Pow(Factor, Math.Floor(t / EpochsPerStep)));
}
