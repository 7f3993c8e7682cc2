using System.Runtime.InteropServices;

namespace Mlp.Data.Stores;

/// <summary>Collects rows of one part of a table until they fill a block.</summary>
internal sealed class BlockBuilder(StoredRowLayout layout, int group)
{
    /// <summary>Bytes of a block, give or take a row.</summary>
    public const int BlockBytes = 1 << 20;

    private byte[] _rows = [], _entries = [];
    private int _rowBytes, _entryBytes, _rowCount;

    public bool IsFull => (long)_rowBytes + _entryBytes >= BlockBytes;

    /// <summary>Appends a row.</summary>
    /// <param name="features">Has the row.</param>
    /// <param name="row">Which one.</param>
    /// <param name="targets">Of the row.</param>
    /// <param name="weight">Of the row; not looked at where rows have none.</param>
    public void Add(FeatureTable<float> features, int row, ReadOnlySpan<float> targets, float weight)
    {
        Reserve(ref _rows, (long)_rowBytes + layout.RowBytes);
        Span<byte> bytes = _rows.AsSpan(_rowBytes, layout.RowBytes);
        Span<float> floats = MemoryMarshal.Cast<byte, float>(bytes);
        Span<int> integers = MemoryMarshal.Cast<byte, int>(bytes);
        if (features.Numbers is { } numbers)
            numbers[row].CopyTo(floats);
        features.CategoriesOf(row).CopyTo(integers[layout.FirstCategory..]);
        if (layout.SparseCount > 0)
        {
            ReadOnlySpan<int> slots = features.Sparse is { } sparse ? sparse.SlotsOf(row) : [];
            // Where they will lie is known when the block is full.
            (integers[layout.FirstEntry], integers[layout.FirstEntry + 1]) = (_entryBytes, slots.Length);
            AddEntries(MemoryMarshal.AsBytes(slots));
            AddEntries(MemoryMarshal.AsBytes(slots.IsEmpty ? [] : features.Sparse!.ValuesOf(row)));
        }
        targets.CopyTo(floats[layout.FirstTarget..]);
        if (layout.HasWeights)
            floats[layout.Weight] = weight;
        _rowBytes += layout.RowBytes;
        _rowCount++;
    }

    /// <summary>Writes the rows so far as a block, if there are some, and begins another one.</summary>
    public void WriteTo(BlockFileWriter file)
    {
        if (_rowCount == 0)
            return;
        for (int row = 0; layout.SparseCount > 0 && row < _rowCount; row++)
        {
            int start = row * layout.RowBytes;
            MemoryMarshal.Cast<byte, int>(_rows.AsSpan(start, layout.RowBytes))[layout.FirstEntry] += _rowBytes - start;
        }
        Reserve(ref _rows, (long)_rowBytes + _entryBytes);
        _entries.AsSpan(0, _entryBytes).CopyTo(_rows.AsSpan(_rowBytes));
        file.Add(_rows.AsSpan(0, _rowBytes + _entryBytes), _rowCount, group);
        (_rowBytes, _entryBytes, _rowCount) = (0, 0, 0);
    }

    private void AddEntries(ReadOnlySpan<byte> bytes)
    {
        Reserve(ref _entries, (long)_entryBytes + bytes.Length);
        bytes.CopyTo(_entries.AsSpan(_entryBytes));
        _entryBytes += bytes.Length;
    }

    private static void Reserve(ref byte[] bytes, long length)
    {
        if (length > bytes.Length)
            Array.Resize(ref bytes, checked((int)Math.Max(length, Math.Min(2L * bytes.Length, Array.MaxLength))));
    }
}
