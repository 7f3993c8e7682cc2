namespace Mlp.MLNet;

/// <summary>
/// The periodic embedding of a network, read-only: each of its features x gives W · cos(2π(w x + b)) + c, and the first layer sees all
/// features, then these numbers, feature after feature.
/// </summary>
public sealed class MlpEmbedding
{
    private readonly PeriodicEmbedding<float> _embedding;

    internal MlpEmbedding(PeriodicEmbedding<float> embedding) => _embedding = embedding;

    /// <summary>Which features, zero-based, ascending.</summary>
    public IReadOnlyList<int> Columns => _embedding.Columns;

    /// <summary>Cosines per feature.</summary>
    public int FrequencyCount => _embedding.FrequencyCount;

    /// <summary>Numbers per feature.</summary>
    public int OutputsPerColumn => _embedding.OutputsPerColumn;

    /// <summary>w, row-major, columns x <see cref="FrequencyCount"/>, in turns per unit of the scaled feature.</summary>
    public ReadOnlySpan<float> Frequencies => _embedding.Frequencies;

    /// <summary>b, row-major, columns x <see cref="FrequencyCount"/>, in turns.</summary>
    public ReadOnlySpan<float> Phases => _embedding.Phases;

    /// <summary>W, row-major, (columns · <see cref="OutputsPerColumn"/>) x <see cref="FrequencyCount"/>.</summary>
    public ReadOnlySpan<float> Weights => _embedding.Weights;

    /// <summary>c, row-major, columns x <see cref="OutputsPerColumn"/>.</summary>
    public ReadOnlySpan<float> Biases => _embedding.Biases;
}
