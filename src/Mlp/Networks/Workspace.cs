using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Networks;

/// <summary>Everything a forward and a backward pass over at most <see cref="MaxRowCount"/> rows writes to, allocated once.</summary>
internal sealed class Workspace<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowBuffer<T>[] _slopes, _activations, _delta;
    private readonly RowBuffer<T> _encoded, _encodedDelta, _embedded, _embeddedDelta, _cosines, _sines;
    private readonly AlignedBuffer<T> _embeddingScratch;

    /// <param name="network">Gives the sizes.</param>
    /// <param name="maxRowCount">Rows that fit.</param>
    /// <param name="threadCount">Threads that share the matrix products.</param>
    /// <param name="forTraining">Whether a backward pass follows: it needs f′(z) beside a, and δ.</param>
    /// <param name="dropout">Applied to the outputs of the hidden layers; null for none.</param>
    public Workspace(Network<T> network, int maxRowCount, int threadCount, bool forTraining, Dropout<T>? dropout = null)
    {
        MaxRowCount = maxRowCount;
        Dropout = dropout;
        IReadOnlyList<DenseLayer<T>> layers = network.Layers;
        _activations = [.. layers.Select(layer => Rows(layer.UnitCount))];
        // Dropout turns slopes of 1 into others.
        _slopes = [.. layers.Select((layer, index) =>
            Rows(forTraining && (layer.Activation != Activation.Identity || (dropout is not null && index < layers.Count - 1))
                ? layer.UnitCount : 0))];
        _delta = forTraining ? [.. layers.Select(layer => Rows(layer.UnitCount))] : [];
        _encoded = Rows(network.Encoder?.OutputCount ?? 0);
        _encodedDelta = Rows(forTraining ? network.Encoder?.OutputCount ?? 0 : 0);
        Touched = forTraining ? TouchedRows.For(network.Parameters) : null;
        _embedded = Rows(network.Embedding?.OutputCount ?? 0);
        _embeddedDelta = Rows(forTraining ? network.Embedding?.OutputCount ?? 0 : 0);
        _embeddingScratch = new AlignedBuffer<T>(
            forTraining || network.Embedding is null ? 0 : PackedEmbedding<T>.ScratchLength(network.Embedding));
        _cosines = Rows(forTraining ? network.Embedding?.WaveCount ?? 0 : 0);
        _sines = Rows(forTraining ? network.Embedding?.WaveCount ?? 0 : 0);
        // Last: a batch that does not fit must not leave threads behind.
        Team = threadCount == 1 ? ThreadTeam.Single : new ThreadTeam(threadCount);
        Gemm = new Gemm<T>(Team);

        RowBuffer<T> Rows(int columnCount) => new(maxRowCount, columnCount);
    }

    public int MaxRowCount { get; }

    public ThreadTeam Team { get; }

    public Gemm<T> Gemm { get; }

    /// <summary>Applied to the outputs of the hidden layers; null outside training.</summary>
    public Dropout<T>? Dropout { get; }

    /// <summary>Which rows of the network's tables the last batch has gradients for; null outside training, and for a network without
    /// tables.</summary>
    public TouchedRows? Touched { get; }

    /// <summary>The inputs after the network's encoder, [rows x its outputs].</summary>
    public Span<T> Encoded(int rowCount) => _encoded.Rows(rowCount);

    /// <summary>∂loss/∂<see cref="Encoded"/>.</summary>
    public Span<T> EncodedDelta(int rowCount) => _encodedDelta.Rows(rowCount);

    /// <summary>The inputs after the network's embedding, [rows x its outputs].</summary>
    public Span<T> Embedded(int rowCount) => _embedded.Rows(rowCount);

    /// <summary>∂loss/∂<see cref="Embedded"/>.</summary>
    public Span<T> EmbeddedDelta(int rowCount) => _embeddedDelta.Rows(rowCount);

    /// <summary>What the embedding's backward pass needs of its forward pass; empty outside training.</summary>
    public Waves<T> Waves => new(_cosines.All, _sines.All);

    /// <summary>What <see cref="PackedEmbedding{T}"/> needs; empty for training.</summary>
    public Span<T> EmbeddingScratch => _embeddingScratch.Span;

    /// <summary>∂/∂z of what <see cref="Activations"/> holds of a layer, [rows x units]; empty where it is 1, and outside
    /// training.</summary>
    public Span<T> Slopes(int layer, int rowCount) => _slopes[layer].Rows(rowCount);

    /// <summary>a of a layer, or what dropout left of it, [rows x units].</summary>
    public Span<T> Activations(int layer, int rowCount) => _activations[layer].Rows(rowCount);

    /// <summary>∂loss/∂a and then ∂loss/∂z of a layer, [rows x units].</summary>
    public Span<T> Delta(int layer, int rowCount) => _delta[layer].Rows(rowCount);

    public void Dispose()
    {
        if (Team != ThreadTeam.Single)
            Team.Dispose();
    }
}
