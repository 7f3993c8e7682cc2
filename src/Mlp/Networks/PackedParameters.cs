using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Networks;

/// <summary>A copy of a network's parameters in the layout that products read fastest. Products with it give the same bits.
/// Tables of values and of sparse slots are not copied.</summary>
internal sealed class PackedParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly PackedLayer<T>?[] _layers;

    /// <param name="network">Its parameters are copied; see <see cref="Refresh"/>.</param>
    /// <param name="forOneRow">Whether they are for predicting single rows only.</param>
    public PackedParameters(Network<T> network, bool forOneRow = false)
    {
        _network = network;
        Embedding = network.Embedding is null ? null : new PackedEmbedding<T>(network.Embedding);
        _layers = [.. network.Layers.Select(layer => layer.SparseTensor is null ? new PackedLayer<T>(layer, forOneRow) : null)];
    }

    /// <summary>The first stage; null where the network has none.</summary>
    public PackedEmbedding<T>? Embedding { get; }

    /// <summary>The parameters of a layer; null for one of sparse slots, whose weights are many and read row by row where they
    /// are.</summary>
    public PackedLayer<T>? this[int layer] => _layers[layer];

    /// <summary>Copies the parameters that the network has now.</summary>
    public void Refresh()
    {
        Embedding?.Refresh();
        foreach (PackedLayer<T>? layer in _layers)
            layer?.Refresh();
    }
}

/// <summary>A layer's weights in panels, and its biases.</summary>
internal sealed class PackedLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseLayer<T> _layer;
    private readonly AlignedBuffer<T> _biases;

    public PackedLayer(DenseLayer<T> layer, bool forOneRow)
    {
        _layer = layer;
        _biases = new AlignedBuffer<T>(layer.Biases.Length);
        Weights = new PackedMatrix<T>(rowCount: layer.InputCount, columnCount: layer.UnitCount, forOneRow);
        Refresh();
    }

    /// <summary>Wᵀ [inputs x units].</summary>
    public PackedMatrix<T> Weights { get; }

    /// <summary>b, one value per unit; empty for a layer without biases.</summary>
    public ReadOnlySpan<T> Biases => _biases.Span;

    public void Refresh()
    {
        Weights.Pack(MatrixView<T>.Transposed(_layer.Weights, _layer.InputCount));
        _layer.Biases.CopyTo(_biases.Span);
    }
}
