using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.Schedules;

namespace Mlp;

/// <summary>The rate falls along half a cosine wave, after a linear warm-up if there is one.</summary>
/// <remarks>First warmup epochs: α · (start + (1 − start) · t / warmup); then min + (α − min)(1 + cos(π (t − warmup) / (epochs − warmup)))
/// / 2. scikit-learn: none; PyTorch: LinearLR, CosineAnnealingLR. Source: Loshchilov and Hutter 2017.</remarks>
public sealed record CosineAnnealing : LearningRateSchedule
{
    /// <summary>Epochs during which the rate rises, at least 0. Default: 0. PyTorch: total_iters of LinearLR.</summary>
    public double WarmupEpochs { get; init; }

    /// <summary>The first rate of the warm-up, as a part of α, in (0, 1]. Default: 0.1. scikit-learn: none; PyTorch:
    /// start_factor.</summary>
    public double WarmupStartFactor { get; init; } = 0.1;

    /// <summary>Where the wave ends, at least 0. Default: 0. scikit-learn: none; PyTorch: eta_min.</summary>
    public double MinimumLearningRate { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RangeCheck.NotNegative(WarmupEpochs);
        RangeCheck.Require(WarmupStartFactor is > 0 and <= 1, WarmupStartFactor, "in (0, 1]");
        RangeCheck.NotNegative(MinimumLearningRate);
    }

    internal override bool DependsOnNumberOfEpochs => true;

    internal override ScheduleState Start(in ScheduleLength length) => new PureScheduleState(Rates, length);

    private StepRates Rates(double learningRate, double t, double epochCount) =>
        new(t < WarmupEpochs
            ? learningRate * (WarmupStartFactor + (1 - WarmupStartFactor) * t / WarmupEpochs)
            : MinimumLearningRate + (learningRate - MinimumLearningRate)
            * (1 + Math.Cos(Math.PI * (t - WarmupEpochs) / (epochCount - WarmupEpochs))) / 2);
}
