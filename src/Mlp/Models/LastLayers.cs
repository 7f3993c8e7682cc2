using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Models;

/// <summary>The last layers of several networks with one output, for one row: z = b + Σ w a of all networks side by side.</summary>
/// <remarks>
/// The terms of a sum are added one after the other, and each addition waits for the one before. Ten sums at a time take little longer than
/// one, and have the bits that each has by itself.
/// </remarks>
internal sealed class LastLayers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int GroupSize = 10;

    private readonly DenseLayer<T>[] _layers;
    private readonly int _inputCount;

    // [networks, rounded up to whole groups, x inputs], and one value per network.
    private readonly AlignedBuffer<T> _weights, _inputs, _biases, _sums;

    private LastLayers(DenseLayer<T>[] layers)
    {
        (_layers, _inputCount) = (layers, layers[0].InputCount);
        int count = (layers.Length + GroupSize - 1) / GroupSize * GroupSize;
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
        for (int first = 0; first < _sums.Length; first += GroupSize)
            AddProducts(_inputs.Pointer + first * _inputCount, _weights.Pointer + first * _inputCount, _inputCount, _sums.Pointer + first);
        outputs = outputs[.._layers.Length];
        _sums.Span[..outputs.Length].CopyTo(outputs);
        _layers[0].Activate(outputs);
    }

    /// <summary>sums[s] += Σ a[s, k] w[s, k] for ten rows s of a and w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddProducts(T* a, T* w, nint length, T* sums)
    {
        T s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3], s4 = sums[4];
        T s5 = sums[5], s6 = sums[6], s7 = sums[7], s8 = sums[8], s9 = sums[9];
        for (nint k = 0; k < length; k++)
        {
            nint at = k;
            s0 = T.MultiplyAddEstimate(a[at], w[at], s0); at += length;
            s1 = T.MultiplyAddEstimate(a[at], w[at], s1); at += length;
            s2 = T.MultiplyAddEstimate(a[at], w[at], s2); at += length;
            s3 = T.MultiplyAddEstimate(a[at], w[at], s3); at += length;
            s4 = T.MultiplyAddEstimate(a[at], w[at], s4); at += length;
            s5 = T.MultiplyAddEstimate(a[at], w[at], s5); at += length;
            s6 = T.MultiplyAddEstimate(a[at], w[at], s6); at += length;
            s7 = T.MultiplyAddEstimate(a[at], w[at], s7); at += length;
            s8 = T.MultiplyAddEstimate(a[at], w[at], s8); at += length;
            s9 = T.MultiplyAddEstimate(a[at], w[at], s9);
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4]) = (s0, s1, s2, s3, s4);
        (sums[5], sums[6], sums[7], sums[8], sums[9]) = (s5, s6, s7, s8, s9);
    }
}
