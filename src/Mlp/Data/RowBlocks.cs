using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp;

/// <summary>
/// Rows of equal length in memory, in blocks of some 4,000,000 values: no array has to hold all of them, and none is copied because more
/// rows arrive.
/// </summary>
/// <typeparam name="T">float or double; any other number is as good.</typeparam>
public sealed class RowBlocks<T>
    where T : unmanaged
{
    private const int BlockLength = 1 << 22, FirstRowCount = 64;

    private const int PageBytes = 4096, BytesWorthTouching = 1 << 22;

    // A page is touched by adding 0 to four bytes of it.
    private static readonly bool CanTouch = Unsafe.SizeOf<T>() is sizeof(int) or sizeof(long);

    private readonly long? _expectedRowCount;

    // Full blocks have 2^shift rows: a row's block is its index shifted.
    private readonly int _shift;
    private T[][] _blocks = [];

    /// <summary>No rows yet.</summary>
    /// <param name="rowLength">Values of a row, at least 1.</param>
    /// <param name="expectedRowCount">How many there will probably be; null when unknown.</param>
    public RowBlocks(int rowLength, long? expectedRowCount = null)
    {
        RangeCheck.AtLeast(1, rowLength);
        RowLength = rowLength;
        _expectedRowCount = expectedRowCount;
        _shift = BitOperations.Log2((uint)Math.Max(1, BlockLength / rowLength));
    }

    /// <summary>Rows that are there; they are not copied.</summary>
    /// <param name="values">Row-major, rowCount x rowLength.</param>
    /// <param name="rowLength">Values of a row, at least 1.</param>
    /// <exception cref="ArgumentException">The values are no whole number of rows.</exception>
    public RowBlocks(T[] values, int rowLength)
    {
        ArgumentNullException.ThrowIfNull(values);
        RangeCheck.AtLeast(1, rowLength);
        if (values.Length % rowLength != 0)
            throw new ArgumentException($"There are {values.Length} values, which rows of {rowLength} do not fill.", nameof(values));
        (RowLength, RowCount, _blocks) = (rowLength, values.Length / rowLength, [values]);
        // One block for all of them.
        _shift = 31;
    }

    /// <summary>Values of a row.</summary>
    public int RowLength { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>The rows in order, as many at once as lie side by side: row-major.</summary>
    public IEnumerable<Memory<T>> Blocks
    {
        get
        {
            for (int start = 0; start < RowCount; start += BlockRowCount(start))
                yield return _blocks[start >>> _shift].AsMemory(0, BlockRowCount(start) * RowLength);
        }
    }

    private uint Mask => (1u << _shift) - 1;

    /// <summary>A row.</summary>
    /// <param name="row">Zero-based.</param>
    public Span<T> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
            return _blocks[row >>> _shift].AsSpan((int)(row & Mask) * RowLength, RowLength);
        }
    }

    /// <summary>Room for one more row; its values are undefined.</summary>
    public Span<T> Add()
    {
        int block = RowCount >>> _shift, end = ((int)(RowCount & Mask) + 1) * RowLength;
        if (block == _blocks.Length || end > _blocks[block].Length)
            Grow(block);
        RowCount++;
        return _blocks[block].AsSpan(end - RowLength, RowLength);
    }

    /// <summary>Takes back what was added last.</summary>
    public void RemoveLast() => RowCount--;

    private int BlockRowCount(int start) => (int)Math.Min(RowCount - start, 1L << _shift);

    /// <summary>Makes a new block, or a small one larger.</summary>
    private void Grow(int block)
    {
        if (block == _blocks.Length)
            Array.Resize(ref _blocks, block + 1);
        T[] old = _blocks[block] ?? [];
        // The rows that are expected, or else twice the rows there are: by the second block that is a full one.
        long expected = _expectedRowCount - RowCount ?? 0;
        long rowCount = Math.Min(1L << _shift, expected > 0 ? old.Length / RowLength + expected : Math.Max(FirstRowCount, 2L * RowCount));
        _blocks[block] = GC.AllocateUninitializedArray<T>((int)(rowCount * RowLength));
        old.CopyTo(_blocks[block], 0);
        // Not where the number of rows is unknown: memory that is touched is taken.
        bool isWorthTouching =
            CanTouch && _blocks[block].Length * (long)Unsafe.SizeOf<T>() >= BytesWorthTouching && Environment.ProcessorCount > 1;
        if (expected > 0 && isWorthTouching)
            ThreadPool.UnsafeQueueUserWorkItem(static values => TouchPages(values), _blocks[block], preferLocal: false);
    }

    /// <summary>
    /// Has the system provide the memory of a block, which costs several times as much as filling it: from its end, while its rows are
    /// added from its start.
    /// </summary>
    private static void TouchPages(T[] values)
    {
        // Adding 0 in one go changes nothing, even while another thread writes there.
        for (int index = values.Length - 1; index >= 0; index -= PageBytes / Unsafe.SizeOf<T>())
            Interlocked.Add(ref Unsafe.As<T, int>(ref values[index]), 0);
    }
}
