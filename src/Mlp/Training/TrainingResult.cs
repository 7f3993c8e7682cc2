namespace Mlp;

/// <summary>How a training went. The trained parameters are in the network that was given to it.</summary>
/// <param name="History">One report per epoch, first epoch first; at least one.</param>
public sealed record TrainingResult(IReadOnlyList<EpochReport> History)
{
    /// <summary>The last epoch.</summary>
    public EpochReport Last => History[^1];
}
