using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Scoring.Networks;

/// <summary>The last layers of several networks with one output, for one row: all networks side by side.</summary>
internal sealed class LastLayers
{
    private readonly int _inputCount;
    private readonly ActivationKind _activation;

    // [networks, rounded up to whole groups, x inputs], and one value per network.
    private readonly AlignedArray _weights, _biases;

    private LastLayers(Network[] networks, LayerShape layer)
    {
        (_inputCount, _activation) = (layer.Inputs, layer.Activation);
        int count = (networks.Length + TenSums.Count - 1) / TenSums.Count * TenSums.Count;
        (_weights, _biases) = (new AlignedArray(checked(count * _inputCount)), new AlignedArray(LaneWidth.RoundUp(count)));
        for (int index = 0; index < networks.Length; index++)
            networks[index].CopyLastTo(InputsOf(index, _weights), ref _biases.Span[index]);
    }

    /// <summary>Null where there is nothing to gain.</summary>
    public static LastLayers? For(Network[] networks, NetworkShape shape) =>
        networks.Length > 1 && shape.Layers.Length > 1 && shape.OutputCount == 1 ? new LastLayers(networks, shape.Layers[^1]) : null;

    /// <summary>Room for what all last layers get.</summary>
    public AlignedArray CreateInputs() => new(_weights.Length);

    /// <summary>Room for what they give.</summary>
    public AlignedArray CreateOutputs() => new(_biases.Length);

    /// <summary>What the last layer of a network gets.</summary>
    public Span<float> InputsOf(int network, AlignedArray inputs) => inputs.Span.Slice(network * _inputCount, _inputCount);

    /// <summary>What the last layers give.</summary>
    /// <param name="inputs">As <see cref="InputsOf"/> has them.</param>
    /// <param name="outputs">One value per network, overwritten.</param>
    public void Forward<TLanes>(AlignedArray inputs, AlignedArray outputs)
        where TLanes : struct, ILanes<TLanes, float>
    {
        _biases.Span.CopyTo(outputs.Span);
        for (int first = 0; first * _inputCount < _weights.Length; first += TenSums.Count)
        {
            ref float a = ref Unsafe.Add(ref inputs.First, first * _inputCount);
            ref float w = ref Unsafe.Add(ref _weights.First, first * _inputCount);
            TenSums.Add(ref a, ref w, _inputCount, ref Unsafe.Add(ref outputs.First, first));
        }
        ActivationLoop.Apply<TLanes>(_activation, ref outputs.First, outputs.Length);
    }
}
