namespace Mlp.Numerics;

/// <summary>A row-major matrix, or the transpose of one: element (r, c) is <c>Values[r · RowStride + c · ColumnStride]</c>.</summary>
/// <remarks>One of the two strides is 1.</remarks>
internal readonly ref struct MatrixView<T>(ReadOnlySpan<T> values, int rowStride, int columnStride)
{
    public readonly ReadOnlySpan<T> Values = values;
    public readonly int RowStride = rowStride;
    public readonly int ColumnStride = columnStride;

    public static MatrixView<T> Rows(ReadOnlySpan<T> values, int columnCount) => new(values, columnCount, 1);

    public static MatrixView<T> Transposed(ReadOnlySpan<T> values, int columnCount) => new(values, 1, columnCount);

    /// <exception cref="ArgumentOutOfRangeException">There are fewer values than the matrix has elements.</exception>
    public void CheckSize(int rows, int columns, string name)
    {
        if (rows > 0 && columns > 0 && Values.Length <= (rows - 1L) * RowStride + (columns - 1L) * ColumnStride)
            throw new ArgumentOutOfRangeException(name, $"The matrix holds {Values.Length} values, fewer than {rows} x {columns} need.");
    }
}
