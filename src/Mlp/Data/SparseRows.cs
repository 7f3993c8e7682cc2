using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Data;

/// <summary>The sparse parts of rows in memory: slots and values, row after row, in blocks.</summary>
internal sealed class SparseRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockLength = 1 << 18;

    private readonly List<(int[] Slots, T[] Values)> _blocks = [];
    private readonly List<(int Block, int Start, int Count)> _rows = [];
    private int _used;

    public int RowCount => _rows.Count;

    /// <summary>Entries of all rows.</summary>
    public long EntryCount { get; private set; }

    /// <summary>What they take in memory.</summary>
    public double Bytes => (double)EntryCount * (sizeof(int) + Unsafe.SizeOf<T>()) + 12.0 * RowCount;

    /// <summary>The slots of a row, ascending.</summary>
    public Span<int> SlotsOf(int row)
    {
        (int block, int start, int count) = _rows[row];
        return count == 0 ? [] : _blocks[block].Slots.AsSpan(start, count);
    }

    /// <summary>What is in them.</summary>
    public Span<T> ValuesOf(int row)
    {
        (int block, int start, int count) = _rows[row];
        return count == 0 ? [] : _blocks[block].Values.AsSpan(start, count);
    }

    public void Add(ReadOnlySpan<int> slots, ReadOnlySpan<T> values)
    {
        if (_blocks.Count == 0 || _blocks[^1].Slots.Length - _used < slots.Length)
        {
            // Small tables take little: blocks double up to their full size.
            int length = Math.Max(slots.Length, (int)Math.Min(BlockLength, Math.Max(1024, EntryCount)));
            _blocks.Add((GC.AllocateUninitializedArray<int>(length), GC.AllocateUninitializedArray<T>(length)));
            _used = 0;
        }
        slots.CopyTo(_blocks[^1].Slots.AsSpan(_used));
        values.CopyTo(_blocks[^1].Values.AsSpan(_used));
        _rows.Add((_blocks.Count - 1, _used, slots.Length));
        _used += slots.Length;
        EntryCount += slots.Length;
    }

    public void RemoveLast()
    {
        // What it held is not used again.
        EntryCount -= _rows[^1].Count;
        _rows.RemoveAt(_rows.Count - 1);
    }

    /// <summary>Gives the slots other numbers, in the same order, and removes the entries of slots without one.</summary>
    /// <param name="numbers">The new number of each slot; negative for none.</param>
    public void Renumber(ReadOnlySpan<int> numbers)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            (int block, int start, int count) = _rows[row];
            Span<int> slots = SlotsOf(row);
            Span<T> values = ValuesOf(row);
            int kept = 0;
            for (int index = 0; index < count; index++)
            {
                int number = numbers[slots[index]];
                if (number >= 0)
                    (slots[kept], values[kept++]) = (number, values[index]);
            }
            _rows[row] = (block, start, kept);
            EntryCount -= count - kept;
        }
    }
}
