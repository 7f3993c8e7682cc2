using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mlp.Numerics;

namespace Mlp.Networks;

/// <summary>
/// A copy of a <see cref="PeriodicEmbedding{T}"/> that only predicts, with the same bits: a vector holds one frequency of many rows, or of
/// many columns where there are few rows, instead of many frequencies of one. No lanes of a vector need to be added up then.
/// </summary>
/// <remarks>Its parameters lie in the order in which products are added, <see cref="LaneSums"/>.</remarks>
internal sealed class PackedEmbedding<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int LaneCount = Gemm<T>.PanelWidth / 2;

    private readonly PeriodicEmbedding<T> _embedding;
    private readonly int _inputCount, _frequencyCount, _outputsPerColumn, _blockCount;
    private readonly int[] _columns, _order;
    private readonly PackedWaves<T> _byRows, _byColumns;

    /// <param name="embedding">Its parameters are copied; see <see cref="Refresh"/>.</param>
    public PackedEmbedding(PeriodicEmbedding<T> embedding)
    {
        _embedding = embedding;
        (_inputCount, _frequencyCount, _outputsPerColumn) = (embedding.InputCount, embedding.FrequencyCount, embedding.OutputsPerColumn);
        _columns = [.. embedding.Columns];
        _blockCount = (_columns.Length + LaneCount - 1) / LaneCount;
        _order = LaneSums.Order<T>(_frequencyCount);
        _byRows = new PackedWaves<T>(_columns.Length, laneCount: 1, _frequencyCount, _outputsPerColumn);
        _byColumns = new PackedWaves<T>(_blockCount, LaneCount, _frequencyCount, _outputsPerColumn);
        Refresh();
    }

    /// <summary>Numbers that <see cref="Forward"/> needs room for.</summary>
    public static int ScratchLength(PeriodicEmbedding<T> embedding) =>
        LaneCount * (embedding.FrequencyCount + embedding.InputCount + embedding.Columns.Count * embedding.OutputsPerColumn);

    /// <summary>Copies the parameters that the embedding has now.</summary>
    public void Refresh()
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            int first = column * _frequencyCount, firstOutput = column * _outputsPerColumn;
            ReadOnlySpan<T> frequencies = _embedding.Frequencies.Slice(first, _frequencyCount);
            ReadOnlySpan<T> phases = _embedding.Phases.Slice(first, _frequencyCount);
            ReadOnlySpan<T> weights = _embedding.Weights[(firstOutput * _frequencyCount)..];
            ReadOnlySpan<T> biases = _embedding.Biases.Slice(firstOutput, _outputsPerColumn);
            _byRows.Set(column, lane: 0, _order, frequencies, phases, weights, biases);
            _byColumns.Set(column / LaneCount, column % LaneCount, _order, frequencies, phases, weights, biases);
        }
    }

    /// <summary>What <see cref="PeriodicEmbedding{T}.Forward"/> gives.</summary>
    /// <param name="inputs">[rows x inputs].</param>
    /// <param name="outputs">[rows x outputs], overwritten.</param>
    /// <param name="rowCount">Rows of both.</param>
    /// <param name="scratch">As long as <see cref="ScratchLength"/>, on a boundary of a cache line; overwritten.</param>
    public void Forward(ReadOnlySpan<T> inputs, Span<T> outputs, int rowCount, Span<T> scratch)
    {
        if (Vector512.IsHardwareAccelerated)
            Forward<Lanes512<T>>(inputs, outputs, rowCount, scratch);
        else if (Vector256.IsHardwareAccelerated)
            Forward<Lanes256<T>>(inputs, outputs, rowCount, scratch);
        else if (Vector128.IsHardwareAccelerated)
            Forward<Lanes128<T>>(inputs, outputs, rowCount, scratch);
        else
            Forward<Lanes1<T>>(inputs, outputs, rowCount, scratch);
    }

    private unsafe void Forward<TLanes>(ReadOnlySpan<T> inputs, Span<T> outputs, int rowCount, Span<T> scratch)
        where TLanes : struct, ILanes<TLanes, T>
    {
        int outputCount = _embedding.OutputCount;
        fixed (T* inputsPointer = inputs[..(rowCount * _inputCount)], outputsPointer = outputs[..(rowCount * outputCount)],
            cosines = scratch[..ScratchLength(_embedding)])
        {
            for (int row = 0; row < rowCount;)
            {
                T* input = inputsPointer + (nint)row * _inputCount, output = outputsPointer + (nint)row * outputCount;
                int rows = Math.Min(LaneCount, rowCount - row);
                // Whichever takes fewer vectors.
                if (rows * _blockCount >= _columns.Length)
                    ForwardRows<TLanes>(input, output, rows, cosines);
                else
                {
                    rows = 1;
                    ForwardColumns<TLanes>(input, output, cosines);
                }
                row += rows;
            }
        }
    }

    /// <summary>As many rows as a vector has lanes, or fewer.</summary>
    private unsafe void ForwardRows<TLanes>(T* inputs, T* outputs, int rowCount, T* cosines)
        where TLanes : struct, ILanes<TLanes, T>
    {
        int outputCount = _embedding.OutputCount, lanes = TLanes.Count;
        T* x = cosines + _frequencyCount * lanes, numbers = x + _inputCount * lanes;
        // What other lanes hold does not matter, but what it takes: numbers of another time might be subnormal.
        if (rowCount < lanes)
            new Span<T>(x, _inputCount * lanes).Clear();
        Gemm<T>.Transpose(inputs, _inputCount, rowCount, _inputCount, x, lanes);
        for (int column = 0; column < _columns.Length; column++)
        {
            _byRows.Mix<TLanes, SharedOperand>(
                column, x + _columns[column] * lanes, cosines, numbers + column * _outputsPerColumn * lanes);
        }
        for (int row = 0; row < rowCount; row++)
            new ReadOnlySpan<T>(inputs + row * _inputCount, _inputCount).CopyTo(new Span<T>(outputs + row * outputCount, _inputCount));
        Gemm<T>.Transpose(numbers, lanes, outputCount - _inputCount, rowCount, outputs + _inputCount, outputCount);
    }

    /// <summary>One row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void ForwardColumns<TLanes>(T* inputs, T* outputs, T* cosines)
        where TLanes : struct, ILanes<TLanes, T>
    {
        int lanes = TLanes.Count;
        T* x = cosines + _frequencyCount * lanes, numbers = x + lanes;
        new ReadOnlySpan<T>(inputs, _inputCount).CopyTo(new Span<T>(outputs, _inputCount));
        outputs += _inputCount;
        for (int block = 0; block < _blockCount; block++)
        {
            ReadOnlySpan<int> columns = _columns.AsSpan(block * lanes, Math.Min(lanes, _columns.Length - block * lanes));
            new Span<T>(x, lanes).Clear();
            for (int lane = 0; lane < columns.Length; lane++)
                x[lane] = inputs[columns[lane]];
            _byColumns.Mix<TLanes, VectorOperand>(block, x, cosines, numbers);
            for (int lane = 0; lane < columns.Length; lane++)
            {
                for (int output = 0; output < _outputsPerColumn; output++)
                    *outputs++ = numbers[output * lanes + lane];
            }
        }
    }
}
