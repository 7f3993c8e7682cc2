using System.Numerics;

namespace Mlp.Numerics;

/// <summary>A right-hand matrix B [K x N] in the panels that <see cref="Gemm{T}"/> multiplies with, packed once for many
/// products.</summary>
/// <remarks>
/// Panel after panel of <see cref="PanelWidth"/> columns, each row-major [K x PanelWidth], the last one padded with zeros: a product
/// with one row reads it once, in order.
/// </remarks>
internal sealed class PackedMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _panels;

    public PackedMatrix(int rowCount, int columnCount)
    {
        (RowCount, ColumnCount, PanelWidth) = (rowCount, columnCount, Gemm<T>.PanelWidth);
        long panels = (columnCount + PanelWidth - 1) / PanelWidth;
        _panels = new AlignedBuffer<T>(checked((int)(panels * PanelWidth * rowCount)));
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public int PanelWidth { get; }

    public ReadOnlySpan<T> Values => _panels.Span;

    /// <summary>Takes over the values of a matrix.</summary>
    public unsafe void Pack(MatrixView<T> matrix)
    {
        matrix.CheckSize(RowCount, ColumnCount, nameof(matrix));
        fixed (T* source = matrix.Values, panels = _panels.Span)
            Gemm<T>.PackPanels(source, matrix.RowStride, matrix.ColumnStride, RowCount, ColumnCount, PanelWidth, panels);
    }
}
