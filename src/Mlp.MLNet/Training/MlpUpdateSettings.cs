using Mlp.Numerics;

namespace Mlp.MLNet;

/// <summary>How a model learns on from new rows.</summary>
public sealed record MlpUpdateSettings
{
    /// <summary>Passes over the new rows and those that the memory has, at least 1. Null: a tenth of the epochs that the networks were
    /// best after in the first training. Default: null.</summary>
    public int? NumberOfEpochs { get; init; }

    /// <summary>What the trainer's learning rate is multiplied by, in (0, ∞). Default: 1.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names it.</exception>
    internal void Validate()
    {
        RangeCheck.Require(NumberOfEpochs is null or >= 1, NumberOfEpochs, "at least 1, or null for a tenth of the training's");
        RangeCheck.Positive(LearningRateFactor);
    }
}
