using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>What a <see cref="LinearScorer{TOutput}"/> sees of a row.</summary>
internal sealed class ScoredInput
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}
