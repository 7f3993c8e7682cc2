using Mlp.Optimizers;

namespace Mlp;

/// <summary>How a training went. The trained parameters are in the network that was given to it.</summary>
/// <param name="History">One result per epoch, first epoch first; at least one, unless the training was
/// cancelled in the first epoch.</param>
/// <param name="BestEpoch">The epoch whose parameters the network has: the last one, or with early stopping the one of the lowest
/// validation loss; 0 when no epoch was completed.</param>
public sealed record TrainingResult(IReadOnlyList<EpochResult> History, int BestEpoch)
{
    /// <summary>The last epoch.</summary>
    public EpochResult Last => History[^1];

    /// <summary>Whether the training was cancelled and <see cref="TrainingSettings.ReturnBestOnCancellation"/> let it return.</summary>
    public bool WasCanceled { get; init; }

    /// <summary>What the optimizer knew after the last step; null unless the settings asked for it and it takes a step a batch.</summary>
    internal OptimizerMoments? Moments { get; init; }
}
