using System.Numerics;

namespace Mlp.Numerics;

/// <summary>A right-hand matrix B [K x N] in the panels that <see cref="Gemm{T}"/> multiplies with, packed once for many
/// products.</summary>
/// <remarks>
/// Panel after panel of <see cref="PanelWidth"/> columns, each row-major [K x PanelWidth], the last one padded with zeros. Where only
/// single rows are multiplied with it, four panels lie side by side: it is read once, in order.
/// </remarks>
internal sealed class PackedMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _panels;

    /// <param name="rowCount">K.</param>
    /// <param name="columnCount">N.</param>
    /// <param name="forOneRow">Whether it is multiplied with single rows only.</param>
    public PackedMatrix(int rowCount, int columnCount, bool forOneRow = false)
    {
        (RowCount, ColumnCount, PanelWidth) = (rowCount, columnCount, Gemm<T>.PanelWidth);
        IsForOneRow = forOneRow;
        long panels = (columnCount + PanelWidth - 1) / PanelWidth;
        _panels = new AlignedBuffer<T>(checked((int)(panels * PanelWidth * rowCount)));
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public int PanelWidth { get; }

    /// <summary>Whether panels lie four and four side by side, [K x 4 · PanelWidth] values, as long as there are four.</summary>
    public bool IsForOneRow { get; }

    public ReadOnlySpan<T> Values => _panels.Span;

    /// <summary>Whether no value is NaN or infinite.</summary>
    public bool IsFinite { get; private set; }

    /// <summary>Takes over the values of a matrix.</summary>
    public unsafe void Pack(MatrixView<T> matrix)
    {
        matrix.CheckSize(RowCount, ColumnCount, nameof(matrix));
        fixed (T* source = matrix.Values, panels = _panels.Span)
        {
            int wide = IsForOneRow ? ColumnCount / (4 * PanelWidth) * (4 * PanelWidth) : 0;
            Gemm<T>.PackPanels(source, matrix.RowStride, matrix.ColumnStride, RowCount, wide, 4 * PanelWidth, panels);
            Gemm<T>.PackPanels(
                source + wide * matrix.ColumnStride, matrix.RowStride, matrix.ColumnStride, RowCount, ColumnCount - wide, PanelWidth,
                panels + (nint)wide * RowCount);
        }
        IsFinite = Finite.IndexOfAnyExcept<T>(_panels.Span) < 0;
    }
}
