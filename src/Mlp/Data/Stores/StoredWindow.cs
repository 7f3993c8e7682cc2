using System.Runtime.InteropServices;
using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>Some blocks in memory, their rows in one order.</summary>
internal sealed class StoredWindow(IBlockSource source, int classCount)
{
    private readonly StoredRowLayout _layout = source.Layout;
    private byte[] _bytes = [];
    // Where each row begins among the bytes.
    private int[] _rows = [];

    public int RowCount { get; private set; }

    /// <summary>Reads blocks in place of those that were there.</summary>
    /// <param name="blocks">Indices of them.</param>
    /// <param name="seed">Shuffles their rows; null for the order in which they lie.</param>
    /// <exception cref="RowStoreException">A block cannot be read, or is damaged.</exception>
    public void Load(ReadOnlySpan<int> blocks, int? seed)
    {
        int length = 0, rowCount = 0;
        foreach (int block in blocks)
            (length, rowCount) = (checked(length + source.Blocks[block].Length), checked(rowCount + source.Blocks[block].RowCount));
        if (_bytes.Length < length)
            _bytes = GC.AllocateUninitializedArray<byte>(length);
        if (_rows.Length < rowCount)
            _rows = new int[rowCount];
        int start = 0, next = 0;
        foreach (int index in blocks)
        {
            StoredBlock block = source.Blocks[index];
            source.Read(index, _bytes.AsSpan(start, block.Length));
            for (int row = 0; row < block.RowCount; row++)
                _rows[next++] = start + row * _layout.RowBytes;
            start += block.Length;
        }
        if (seed is int number)
            new RandomSource(number).Shuffle(_rows.AsSpan(0, rowCount));
        RowCount = rowCount;
    }

    /// <summary>Appends rows to a batch, and copies their targets and weights.</summary>
    /// <param name="first">Of the rows.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="features">Gets the rows.</param>
    /// <param name="targets">Row-major; one per class where a target is a class.</param>
    /// <param name="exampleWeights">One per row.</param>
    public void Copy(int first, int rowCount, FeatureBatch<float> features, Span<float> targets, Span<float> exampleWeights)
    {
        bool isDense = _layout is { CategoryCount: 0, SparseCount: 0 };
        Span<float> numbers = isDense ? features.AddNumbers(rowCount) : [];
        int targetCount = classCount > 0 ? classCount : _layout.TargetCount;
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<float> floats = FloatsOf(first + row);
            if (first + row + 1 < RowCount)
                RowCopy.Prefetch(FloatsOf(first + row + 1));
            if (isDense)
                RowCopy.Copy(floats[.._layout.NumberCount], numbers.Slice(row * _layout.NumberCount, _layout.NumberCount));
            else
                Add(first + row, floats, features);
            CopyTargets(floats.Slice(_layout.FirstTarget, _layout.TargetCount), targets.Slice(row * targetCount, targetCount));
            exampleWeights[row] = _layout.HasWeights ? floats[_layout.Weight] : 1;
        }
    }

    private ReadOnlySpan<float> FloatsOf(int row) => MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(_rows[row], _layout.RowBytes));

    private void Add(int row, ReadOnlySpan<float> floats, FeatureBatch<float> features)
    {
        ReadOnlySpan<int> integers = MemoryMarshal.Cast<float, int>(floats), slots = [];
        ReadOnlySpan<float> values = [];
        if (_layout.SparseCount > 0 && integers[_layout.FirstEntry + 1] is var count and > 0)
        {
            ReadOnlySpan<byte> entries = _bytes.AsSpan(_rows[row] + integers[_layout.FirstEntry], checked(8 * count));
            slots = MemoryMarshal.Cast<byte, int>(entries[..(4 * count)]);
            values = MemoryMarshal.Cast<byte, float>(entries[(4 * count)..]);
        }
        features.Add(floats[.._layout.NumberCount], integers.Slice(_layout.FirstCategory, _layout.CategoryCount), slots, values);
    }

    private void CopyTargets(ReadOnlySpan<float> stored, Span<float> targets)
    {
        if (classCount == 0)
        {
            RowCopy.Copy(stored, targets);
            return;
        }
        targets.Clear();
        targets[(int)stored[0]] = 1;
    }
}
