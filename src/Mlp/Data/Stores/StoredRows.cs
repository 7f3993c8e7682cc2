using Mlp.Networks;
using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>Rows in blocks on disk, or some of their parts.</summary>
internal sealed class StoredRows : IStreamedRows<float>
{
    // Rows are shuffled among those of a fiftieth of the table; less where that is much.
    private const int WindowPart = 50;
    private const long LeastWindowBytes = 4 * BlockBuilder.BlockBytes, MostWindowBytes = 16 * BlockBuilder.BlockBytes;

    private readonly IBlockSource _source;
    private readonly int _classCount;
    private readonly int[] _blocks;
    private readonly long _windowBytes;

    /// <param name="source">All blocks.</param>
    /// <param name="inputs">What a row consists of: counts alone.</param>
    /// <param name="classCount">Classes there are, where the one target of a row is its class; 0 for targets as they are.</param>
    /// <param name="foldCount">Parts that can be held out; the rows that never are have this number.</param>
    /// <exception cref="ArgumentException">The rows of the blocks are others, or there are none.</exception>
    public StoredRows(IBlockSource source, InputDescription inputs, int classCount, int foldCount)
        : this(source, inputs, classCount, foldCount, [.. Enumerable.Range(0, source.Blocks.Count)])
    {
        StoredRowLayout layout = source.Layout;
        if (layout.NumberCount != inputs.NumberCount || layout.CategoryCount != inputs.Categories.Count
            || layout.SparseCount != inputs.SparseCount || (classCount > 0 && layout.TargetCount != 1) || _blocks.Length == 0)
        {
            throw new ArgumentException(
                $"The store has {_blocks.Length:N0} blocks of {layout}; rows of {inputs} and {classCount} classes were expected.",
                nameof(source));
        }
    }

    private StoredRows(IBlockSource source, InputDescription inputs, int classCount, int foldCount, int[] blocks)
    {
        (_source, Inputs, _classCount, FoldCount, _blocks) = (source, inputs, classCount, foldCount, blocks);
        long bytes = 0;
        foreach (int block in blocks)
            (bytes, Count) = (bytes + source.Blocks[block].Length, Count + source.Blocks[block].RowCount);
        _windowBytes = Math.Clamp(bytes / WindowPart, LeastWindowBytes, MostWindowBytes);
        StreamBytes = MostBytesOfStreams(bytes);
    }

    /// <summary>What the streams of a network's training hold in memory at most, one that shuffles and one of held-out rows: two windows
    /// each, and where each of their rows is.</summary>
    /// <param name="tableBytes">Of all rows; null for a large table.</param>
    public static double MostBytesOfStreams(double? tableBytes)
    {
        double bytes = tableBytes ?? double.PositiveInfinity, windows = Math.Clamp(bytes / WindowPart, LeastWindowBytes, MostWindowBytes)
            + LeastWindowBytes + 2 * BlockBuilder.BlockBytes;
        return 2 * 1.25 * Math.Min(2 * bytes, windows);
    }

    public long Count { get; }

    /// <exception cref="InvalidOperationException">There are more rows than an int can count; <see cref="Count"/> has them.</exception>
    public int RowCount => Count <= int.MaxValue ? (int)Count : throw new InvalidOperationException(
        $"There are {Count:N0} rows, more than can be picked by their index; read them as a stream.");

    public int InputCount => Inputs.NumberCount;

    public InputDescription Inputs { get; }

    public int TargetCount => HasOneClass ? _classCount : _source.Layout.TargetCount;

    public bool HasOneClass => _classCount > 0;

    public double StreamBytes { get; }

    public int FoldCount { get; }

    public uint Checksum
    {
        get
        {
            var checksum = new Crc32C();
            foreach (int block in _blocks)
                checksum.AddValues<uint>([_source.Blocks[block].Checksum, (uint)_source.Blocks[block].RowCount]);
            return checksum.Value;
        }
    }

    public IRowStream<float> Open(ulong? seed) =>
        new StoredStream(_source, _blocks, _classCount, seed is null ? LeastWindowBytes : _windowBytes, seed);

    public (IStreamedRows<float> Training, IStreamedRows<float> Validation) HoldOut(int fold)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)fold, (uint)FoldCount, nameof(fold));
        return (Select(group => group != fold), Select(group => group == fold));
    }

    /// <remarks>For some rows here and there: each block is read anew. Training reads <see cref="Open"/>.</remarks>
    public void Read(ReadOnlySpan<int> rowIndices, FeatureBatch<float> features, Span<float> targets, Span<float> exampleWeights)
    {
        var window = new StoredWindow(_source, _classCount);
        int loaded = -1;
        for (int index = 0; index < rowIndices.Length; index++)
        {
            (int place, int row) = (0, rowIndices[index]);
            while (row >= _source.Blocks[_blocks[place]].RowCount)
                row -= _source.Blocks[_blocks[place++]].RowCount;
            if (place != loaded)
                window.Load(_blocks.AsSpan(place, 1), seed: null);
            loaded = place;
            window.Copy(row, rowCount: 1, features, targets[(index * TargetCount)..], exampleWeights[index..]);
        }
    }

    public void Read(ReadOnlySpan<int> rowIndices, Span<float> inputs, Span<float> targets, Span<float> exampleWeights)
    {
        var batch = new FeatureBatch<float>(Inputs, rowIndices.Length);
        Read(rowIndices, batch, targets, exampleWeights);
        batch.Numbers.CopyTo(inputs);
    }

    private StoredRows Select(Func<int, bool> isWanted)
    {
        int[] blocks = [.. _blocks.Where(block => isWanted(_source.Blocks[block].Group))];
        return blocks.Length > 0 ? new StoredRows(_source, Inputs, _classCount, foldCount: 0, blocks) : throw new InvalidOperationException(
            $"Of {Count:N0} rows none is in one of the {FoldCount:N0} parts that are held out: a table on disk holds rows out by a hash of "
                + "their number. Keep so few rows in memory, or hold out a larger part.");
    }
}
