using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mlp.Numerics;

namespace Mlp.Scoring.Numerics;

/// <summary>W · cos(2π(w x + b)) + c of the columns of a periodic embedding, as many columns side by side as a vector has lanes.</summary>
/// <remarks>
/// The engine may hold the products of one sum in a vector, and then adds halves of it to halves, and neighbours in the end. Here they lie
/// in the order in which that adds them, so that the bits are the same: (0 + 8) + (4 + 12) + …
/// </remarks>
internal sealed class WaveBlocks
{
    private readonly int _columnCount, _frequencyCount, _outputCount, _laneCount;

    // Block after block: frequencies and phases [frequencies x lanes], weights [outputs x frequencies x lanes], biases [outputs x lanes].
    private readonly AlignedArray _values;

    /// <param name="columnCount">Columns.</param>
    /// <param name="frequencyCount">Cosines of each.</param>
    /// <param name="outputCount">Numbers that each becomes.</param>
    /// <param name="frequencies">w, [columns x frequencies].</param>
    /// <param name="phases">b, [columns x frequencies].</param>
    /// <param name="weights">W, [(columns · outputs) x frequencies].</param>
    /// <param name="biases">c, [columns x outputs].</param>
    public WaveBlocks(
        int columnCount, int frequencyCount, int outputCount, ReadOnlySpan<float> frequencies, ReadOnlySpan<float> phases,
        ReadOnlySpan<float> weights, ReadOnlySpan<float> biases)
    {
        (_columnCount, _frequencyCount, _outputCount) = (columnCount, frequencyCount, outputCount);
        _laneCount = LaneWidth.Widest;
        int[] order = Order(frequencyCount);
        _values = new AlignedArray(checked((columnCount + _laneCount - 1) / _laneCount * BlockLength));
        for (int column = 0; column < columnCount; column++)
        {
            Span<float> block = _values.Span.Slice(column / _laneCount * BlockLength, BlockLength)[(column % _laneCount)..];
            for (int place = 0; place < order.Length; place++)
            {
                int wave = column * frequencyCount + order[place];
                block[place * _laneCount] = frequencies[wave];
                block[(frequencyCount + place) * _laneCount] = phases[wave];
                for (int output = 0; output < outputCount; output++)
                {
                    block[((2 + output) * frequencyCount + place) * _laneCount] =
                        weights[(column * outputCount + output) * frequencyCount + order[place]];
                }
            }
            for (int output = 0; output < outputCount; output++)
                block[((2 + outputCount) * frequencyCount + output) * _laneCount] = biases[column * outputCount + output];
        }
    }

    /// <summary>Numbers that <see cref="Compute{TLanes}"/> needs room for.</summary>
    public int ScratchLength => (_frequencyCount + Math.Max(1, _outputCount)) * _laneCount;

    private int BlockLength => (_frequencyCount * (2 + _outputCount) + _outputCount) * _laneCount;

    /// <summary>The numbers of one row.</summary>
    /// <param name="inputs">The row.</param>
    /// <param name="columns">Where the columns are in it.</param>
    /// <param name="outputs">[columns x outputs], overwritten.</param>
    /// <param name="scratch">As long as <see cref="ScratchLength"/>; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute<TLanes>(ReadOnlySpan<float> inputs, ReadOnlySpan<int> columns, Span<float> outputs, ref float scratch)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint lanes = (nuint)TLanes.Count, frequencyCount = (nuint)_frequencyCount, outputCount = (nuint)_outputCount;
        ref float numbers = ref scratch, cosines = ref Unsafe.Add(ref scratch, Math.Max(1, outputCount) * lanes);
        ref float block = ref _values.First, target = ref MemoryMarshal.GetReference(outputs);
        for (int first = 0; first < _columnCount; first += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, _columnCount - first);
            TLanes x = Gather<TLanes>(inputs, columns.Slice(first, count), ref numbers);
            for (nuint place = 0; place < frequencyCount; place++)
            {
                TLanes turns = TLanes.MultiplyAdd(
                    TLanes.Load(ref block, place * lanes), x, TLanes.Load(ref block, (frequencyCount + place) * lanes));
                TLanes.Store(LaneMath.CosineOfTurns<TLanes, float>(turns, out _), ref cosines, place * lanes);
            }
            for (nuint output = 0; output < outputCount; output++)
            {
                ref float weights = ref Unsafe.Add(ref block, (2 + output) * frequencyCount * lanes);
                TLanes start = TLanes.Load(ref block, ((2 + outputCount) * frequencyCount + output) * lanes);
                TLanes.Store(Add(start, ref cosines, ref weights, _frequencyCount), ref numbers, output * lanes);
            }
            Scatter(ref numbers, lanes, count, ref target);
            target = ref Unsafe.Add(ref target, count * _outputCount);
            block = ref Unsafe.Add(ref block, BlockLength);
        }
    }

    /// <summary>One number in each lane. What is in lanes without a column does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Gather<TLanes>(ReadOnlySpan<float> inputs, ReadOnlySpan<int> columns, ref float scratch)
        where TLanes : struct, ILanes<TLanes, float>
    {
        // Mostly the columns follow each other.
        if (columns[^1] - columns[0] == columns.Length - 1 && columns[0] + TLanes.Count <= inputs.Length)
            return TLanes.Load(in inputs[columns[0]], 0);
        for (int lane = 0; lane < TLanes.Count; lane++)
            Unsafe.Add(ref scratch, lane) = lane < columns.Length ? inputs[columns[lane]] : 0;
        return TLanes.Load(ref scratch, 0);
    }

    /// <summary>From [outputs x lanes] to [lanes x outputs].</summary>
    private void Scatter(ref float numbers, nuint lanes, int count, ref float target)
    {
        if (_outputCount == 3)
        {
            // The presets' count, without a loop within the loop.
            ref float second = ref Unsafe.Add(ref numbers, lanes), third = ref Unsafe.Add(ref second, lanes);
            for (nint lane = 0; lane < count; lane++)
            {
                target = Unsafe.Add(ref numbers, lane);
                Unsafe.Add(ref target, 1) = Unsafe.Add(ref second, lane);
                Unsafe.Add(ref target, 2) = Unsafe.Add(ref third, lane);
                target = ref Unsafe.Add(ref target, 3);
            }
            return;
        }
        for (nuint lane = 0; lane < (nuint)count; lane++)
        {
            for (nuint output = 0; output < (nuint)_outputCount; output++)
                Unsafe.Add(ref target, output) = Unsafe.Add(ref numbers, output * lanes + lane);
            target = ref Unsafe.Add(ref target, _outputCount);
        }
    }

    /// <summary>How many of the products that are left the engine takes as one vector.</summary>
    private static int PartLength(int left) =>
        Vector512.IsHardwareAccelerated && left >= 16 ? 16
        : Vector256.IsHardwareAccelerated && left >= 8 ? 8
        : Vector128.IsHardwareAccelerated && left >= 4 ? 4 : 1;

    /// <summary>Which product comes where.</summary>
    private static int[] Order(int count)
    {
        var order = new List<int>(count);
        while (order.Count < count)
        {
            int start = order.Count;
            order.AddRange(PartOrder(PartLength(count - start)).Select(place => start + place));
        }
        return [.. order];

        // Each place is followed by the one in the other half.
        static IEnumerable<int> PartOrder(int length) => length <= 4
            ? Enumerable.Range(0, length)
            : PartOrder(length / 2).SelectMany(place => (int[])[place, place + length / 2]);
    }

    /// <summary>start + Σ values · factors, part after part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Add<TLanes>(TLanes start, ref float values, ref float factors, int count)
        where TLanes : struct, ILanes<TLanes, float>
    {
        for (int first = 0; first < count;)
        {
            int length = PartLength(count - first);
            nuint offset = (nuint)(first * TLanes.Count);
            ref float v = ref Unsafe.Add(ref values, offset), f = ref Unsafe.Add(ref factors, offset);
            start += length switch
            {
                16 => Eight<TLanes>(ref v, ref f, 0) + Eight<TLanes>(ref v, ref f, 8),
                8 => Eight<TLanes>(ref v, ref f, 0),
                4 => Four<TLanes>(ref v, ref f, 0),
                _ => Product<TLanes>(ref v, ref f, 0),
            };
            first += length;
        }
        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Eight<TLanes>(ref float values, ref float factors, int first)
        where TLanes : struct, ILanes<TLanes, float> =>
        Four<TLanes>(ref values, ref factors, first) + Four<TLanes>(ref values, ref factors, first + 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Four<TLanes>(ref float values, ref float factors, int first)
        where TLanes : struct, ILanes<TLanes, float> =>
        (Product<TLanes>(ref values, ref factors, first) + Product<TLanes>(ref values, ref factors, first + 1))
        + (Product<TLanes>(ref values, ref factors, first + 2) + Product<TLanes>(ref values, ref factors, first + 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product<TLanes>(ref float values, ref float factors, int index)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint offset = (nuint)(index * TLanes.Count);
        return TLanes.Load(ref values, offset) * TLanes.Load(ref factors, offset);
    }
}
