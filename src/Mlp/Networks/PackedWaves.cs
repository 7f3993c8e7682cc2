using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Networks;

/// <summary>The parameters of an embedding's columns, in blocks of as many columns as a vector has lanes, or of one that all lanes
/// share.</summary>
internal sealed class PackedWaves<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _laneCount, _frequencyCount, _outputCount;

    // Block after block: frequencies and phases [frequencies x lanes], weights [outputs x frequencies x lanes], biases [outputs x lanes].
    private readonly AlignedBuffer<T> _values;

    public PackedWaves(int blockCount, int laneCount, int frequencyCount, int outputCount)
    {
        (_laneCount, _frequencyCount, _outputCount) = (laneCount, frequencyCount, outputCount);
        _values = new AlignedBuffer<T>(checked(blockCount * BlockLength));
    }

    private int BlockLength => (_frequencyCount * (2 + _outputCount) + _outputCount) * _laneCount;

    /// <summary>Takes over the parameters of a column.</summary>
    /// <param name="block">Where it belongs.</param>
    /// <param name="lane">Its place there.</param>
    /// <param name="order">Which of its frequencies comes where.</param>
    /// <param name="frequencies">w.</param>
    /// <param name="phases">b.</param>
    /// <param name="weights">W, [outputs x frequencies].</param>
    /// <param name="biases">c.</param>
    public void Set(
        int block, int lane, ReadOnlySpan<int> order, ReadOnlySpan<T> frequencies, ReadOnlySpan<T> phases, ReadOnlySpan<T> weights,
        ReadOnlySpan<T> biases)
    {
        Span<T> values = _values.Span.Slice(block * BlockLength, BlockLength)[lane..];
        for (int place = 0; place < order.Length; place++)
        {
            values[place * _laneCount] = frequencies[order[place]];
            values[(order.Length + place) * _laneCount] = phases[order[place]];
            for (int output = 0; output < _outputCount; output++)
                values[((2 + output) * order.Length + place) * _laneCount] = weights[output * order.Length + order[place]];
        }
        for (int output = 0; output < _outputCount; output++)
            values[((2 + _outputCount) * order.Length + output) * _laneCount] = biases[output];
    }

    /// <summary>W · cos(2π(w x + b)) + c in each lane.</summary>
    /// <param name="block">Whose parameters.</param>
    /// <param name="inputs">x, one vector.</param>
    /// <param name="cosines">[frequencies] vectors, overwritten.</param>
    /// <param name="results">[outputs] vectors, overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Mix<TLanes, TOperand>(int block, T* inputs, T* cosines, T* results)
        where TLanes : struct, ILanes<TLanes, T>
        where TOperand : struct, ILaneOperand
    {
        int step = _frequencyCount * _laneCount;
        T* frequencies = _values.Pointer + (nint)block * BlockLength, phases = frequencies + step, weights = phases + step,
            biases = weights + _outputCount * step;
        TLanes x = TLanes.Load(ref *inputs, 0);
        for (int place = 0; place < _frequencyCount; place++)
        {
            TLanes turns = TLanes.MultiplyAdd(
                TOperand.Load<TLanes, T>(frequencies, place), x, TOperand.Load<TLanes, T>(phases, place));
            TLanes.Store(LaneMath.CosineOfTurns<TLanes, T>(turns, out _), ref *cosines, (nuint)(place * TLanes.Count));
        }
        for (int output = 0; output < _outputCount; output++)
        {
            TLanes sums = LaneSums.Add<TLanes, TOperand, T>(
                TOperand.Load<TLanes, T>(biases, output), cosines, weights + output * step, _frequencyCount);
            TLanes.Store(sums, ref *results, (nuint)(output * TLanes.Count));
        }
    }
}
