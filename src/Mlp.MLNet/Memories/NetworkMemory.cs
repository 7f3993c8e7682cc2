using Mlp.Optimizers;

namespace Mlp.MLNet.Memories;

/// <summary>What is known of the training of a network.</summary>
/// <param name="BestEpoch">The epoch whose parameters it has.</param>
/// <param name="Moments">What its optimizer knew in the end; null for nothing.</param>
internal sealed record NetworkMemory(int BestEpoch, OptimizerMoments? Moments)
{
    /// <summary>Of all networks of a training.</summary>
    public static NetworkMemory[] Of(EnsembleResult<float> result) =>
        [.. result.BestEpochs.Zip(result.Moments, (epoch, moments) => new NetworkMemory(epoch, moments))];
}
