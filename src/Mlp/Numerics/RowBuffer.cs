using System.Numerics;

namespace Mlp.Numerics;

/// <summary>Room for a batch: at most so many rows of one width.</summary>
internal readonly struct RowBuffer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _values;
    private readonly int _columnCount;

    /// <param name="maxRowCount">Rows that fit.</param>
    /// <param name="columnCount">Values of a row; 0 for a buffer that is never used.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch has more values than an array can hold.</exception>
    public RowBuffer(int maxRowCount, int columnCount)
    {
        long length = (long)maxRowCount * columnCount;
        if (length > Limits.ArrayLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxRowCount),
                $"A batch of {maxRowCount:N0} rows x {columnCount:N0} columns has {length:N0} values; an array holds at most "
                    + $"{Limits.ArrayLength:N0}. Use a smaller batch.");
        }
        (_values, _columnCount) = (new AlignedBuffer<T>((int)length), columnCount);
    }

    /// <summary>All rows that fit.</summary>
    public Span<T> All => _values.Span;

    /// <summary>The first rows, row-major.</summary>
    public Span<T> Rows(int rowCount) => _values.Span[..(_columnCount * rowCount)];
}
