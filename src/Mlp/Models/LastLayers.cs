using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Models;

/// <summary>The last layers of several networks with one output, for one row: z = b + Σ w a of all networks side by side.</summary>
internal sealed class LastLayers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseLayer<T>[] _layers;
    private readonly int _inputCount;

    // [networks, rounded up to whole groups, x inputs], and one value per network.
    private readonly AlignedBuffer<T> _weights, _inputs, _biases, _sums;

    private LastLayers(DenseLayer<T>[] layers)
    {
        (_layers, _inputCount) = (layers, layers[0].InputCount);
        int count = (layers.Length + TenSums.Count - 1) / TenSums.Count * TenSums.Count;
        _weights = new AlignedBuffer<T>(checked(count * _inputCount));
        _inputs = new AlignedBuffer<T>(_weights.Length);
        (_biases, _sums) = (new AlignedBuffer<T>(count), new AlignedBuffer<T>(count));
        Refresh();
    }

    /// <summary>Null where there is nothing to gain.</summary>
    public static LastLayers<T>? For(Model<T> model)
    {
        DenseLayer<T> last = model.Network.Layers[^1];
        return model.Networks.Count > 1 && last.UnitCount == 1 && last.SparseTensor is null && model.Network.Layers.Count > 1
            ? new LastLayers<T>([.. model.Networks.Select(network => network.Layers[^1])]) : null;
    }

    /// <summary>Copies the parameters that the layers have now.</summary>
    public void Refresh()
    {
        for (int index = 0; index < _layers.Length; index++)
        {
            _layers[index].Weights.CopyTo(_weights.Span[(index * _inputCount)..]);
            _layers[index].Biases.CopyTo(_biases.Span[index..]);
        }
    }

    /// <summary>The activations that a network's last layer gets, to be filled.</summary>
    public Span<T> InputsOf(int network) => _inputs.Span.Slice(network * _inputCount, _inputCount);

    /// <summary>What the last layers give for their inputs.</summary>
    /// <param name="outputs">One value per network, overwritten.</param>
    public unsafe void Forward(Span<T> outputs)
    {
        _biases.Span.CopyTo(_sums.Span);
        for (int first = 0; first < _sums.Length; first += TenSums.Count)
        {
            T* a = _inputs.Pointer + first * _inputCount, w = _weights.Pointer + first * _inputCount;
            TenSums.Add(ref *a, ref *w, _inputCount, ref _sums.Pointer[first]);
        }
        outputs = outputs[.._layers.Length];
        _sums.Span[..outputs.Length].CopyTo(outputs);
        _layers[0].Activate(outputs);
    }
}
