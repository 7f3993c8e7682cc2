using Mlp.Numerics;

namespace Mlp.MLNet;

/// <summary>How a model learns on from new rows.</summary>
public sealed record MlpUpdateSettings
{
    /// <summary>Passes over the new rows and those that the memory has, at least 1. Default: 3.</summary>
    public int NumberOfEpochs { get; init; } = 3;

    /// <summary>What the trainer's learning rate is multiplied by, in (0, ∞): a model that is nearly right takes small steps. Default:
    /// 0.3.</summary>
    public double LearningRateFactor { get; init; } = 0.3;

    /// <summary>
    /// Networks that are trained anew, in turn, while the others stay as they are; 0: none, and all go on for
    /// <see cref="NumberOfEpochs"/> instead. Null: a tenth of them where there are ten or more and the memory has at least half of the rows
    /// so far, otherwise none. Default: null.
    /// </summary>
    public int? RenewedNetworkCount { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names it.</exception>
    internal void Validate()
    {
        RangeCheck.AtLeast(1, NumberOfEpochs);
        RangeCheck.Positive(LearningRateFactor);
        RangeCheck.Require(RenewedNetworkCount is null or >= 0, RenewedNetworkCount, "at least 0, or null to have it decided");
    }
}
