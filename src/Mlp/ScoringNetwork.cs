using System.Numerics;
using Mlp.Kernels;

namespace Mlp;

/// <summary>A network in the layout that scoring reads it in.</summary>
internal sealed class ScoringNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PeriodicEmbedding<T>? _source, _embedding;
    private readonly ScoringLayer<T>[] _layers;

    /// <param name="network">Its parameters are copied.</param>
    public ScoringNetwork(Network<T> network)
    {
        _source = network.Embedding;
        _embedding = _source?.Copy();
        _layers = [.. network.Layers.Select(layer => new ScoringLayer<T>(layer))];
    }

    public void Refresh()
    {
        _source?.CopyTo(_embedding!);
        foreach (ScoringLayer<T> layer in _layers)
            layer.Refresh();
    }

    /// <summary>The outputs of rows.</summary>
    /// <param name="inputs">[rows x inputs].</param>
    /// <param name="rowCount">At most as many as the activations have room for.</param>
    /// <param name="activations">Room for what goes from one stage to the next.</param>
    /// <param name="outputs">[rows x outputs], overwritten.</param>
    /// <param name="gemm">Multiplies.</param>
    public void Predict(ReadOnlySpan<T> inputs, int rowCount, ScoringActivations<T> activations, Span<T> outputs, Gemm<T> gemm)
    {
        if (_embedding is not null)
        {
            Span<T> embedded = activations.Embedded(rowCount);
            _embedding.Forward(inputs, embedded, rowCount);
            inputs = embedded;
        }
        ScoringLayer<T>[] layers = _layers;
        for (int index = 0; index < layers.Length - 1; index++)
        {
            Span<T> hidden = activations.Hidden(index, rowCount);
            layers[index].Forward(inputs, hidden, rowCount, gemm);
            inputs = hidden;
        }
        layers[^1].Forward(inputs, outputs, rowCount, gemm);
    }
}

/// <summary>Room for the activations of one network at a time; networks of the same shape share it.</summary>
internal sealed class ScoringActivations<T>(Network<T> network, int maxRowCount)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _embedded = Workspace<T>.CreateRows(maxRowCount, network.Embedding?.OutputCount ?? 0);
    private readonly AlignedBuffer<T>[] _hidden =
        [.. network.Layers.SkipLast(1).Select(layer => Workspace<T>.CreateRows(maxRowCount, layer.UnitCount))];

    public Span<T> Embedded(int rowCount) => Part(_embedded, rowCount);

    public Span<T> Hidden(int layer, int rowCount) => Part(_hidden[layer], rowCount);

    private Span<T> Part(AlignedBuffer<T> buffer, int rowCount) => buffer.Span[..(buffer.Length / maxRowCount * rowCount)];
}
