namespace Mlp.MLNet;

/// <summary>One of the networks of a model, read-only.</summary>
public sealed class MlpNetwork
{
    internal MlpNetwork(Network<float> network)
    {
        Layers = [.. network.Layers.Select(layer => new MlpLayer(layer))];
        OutputOffsets = network.OutputOffsets;
        Embedding = network.Embedding is null ? null : new MlpEmbedding(network.Embedding);
    }

    /// <summary>What shows some features to the first layer a second time; null for nothing.</summary>
    public MlpEmbedding? Embedding { get; }

    /// <summary>The layers, first hidden layer first; the last one gives the outputs. A linear model has one.</summary>
    public IReadOnlyList<MlpLayer> Layers { get; }

    /// <summary>Added to the outputs of the last layer, in double: the means of the labels where those were scaled in training; empty for
    /// nothing.</summary>
    public IReadOnlyList<double> OutputOffsets { get; }
}
