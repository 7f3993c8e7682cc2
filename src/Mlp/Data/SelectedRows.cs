using System.Numerics;
using Mlp.Networks;

namespace Mlp.Data;

/// <summary>Some of the rows of another source, in an order of their own; nothing is copied before a batch is asked for.</summary>
/// <remarks>Several threads may read at once if they may read from the other source.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SelectedRows<T> : IFeatureRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PortionRowCount = 128;

    private readonly IRowSource<T> _rows;
    private readonly int[] _rowIndices;

    /// <summary>Selects rows.</summary>
    /// <param name="rows">The other source.</param>
    /// <param name="rowIndices">Rows of it, zero-based; a row may come several times. Not copied.</param>
    /// <exception cref="ArgumentException">There is no row of such an index.</exception>
    public SelectedRows(IRowSource<T> rows, int[] rowIndices)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(rowIndices);
        foreach (int index in rowIndices)
        {
            if (index < 0 || index >= rows.RowCount)
                throw new ArgumentException($"Row {index} was selected; the rows are 0 to {rows.RowCount - 1}.", nameof(rowIndices));
        }
        (_rows, _rowIndices) = (rows, rowIndices);
    }

    /// <inheritdoc/>
    public int RowCount => _rowIndices.Length;

    /// <inheritdoc/>
    public int InputCount => _rows.InputCount;

    /// <inheritdoc/>
    public int TargetCount => _rows.TargetCount;

    public InputDescription Inputs => FeatureRows.InputsOf(_rows);

    /// <summary>Where the rows come from.</summary>
    internal IRowSource<T> Source => _rows;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights)
    {
        Span<int> portion = stackalloc int[PortionRowCount];
        for (int start = 0; start < rowIndices.Length; start += PortionRowCount)
        {
            int count = Math.Min(PortionRowCount, rowIndices.Length - start);
            for (int row = 0; row < count; row++)
                portion[row] = _rowIndices[rowIndices[start + row]];
            _rows.Read(
                portion[..count],
                inputs.Slice(start * InputCount, count * InputCount),
                targets.Slice(start * TargetCount, count * TargetCount),
                exampleWeights.Slice(start, count));
        }
    }

    public void Read(ReadOnlySpan<int> rowIndices, FeatureBatch<T> features, Span<T> targets, Span<T> exampleWeights)
    {
        Span<int> portion = stackalloc int[PortionRowCount];
        for (int start = 0; start < rowIndices.Length; start += PortionRowCount)
        {
            int count = Math.Min(PortionRowCount, rowIndices.Length - start);
            for (int row = 0; row < count; row++)
                portion[row] = _rowIndices[rowIndices[start + row]];
            FeatureRows.Read(
                _rows, portion[..count], features, targets.Slice(start * TargetCount, count * TargetCount),
                exampleWeights.Slice(start, count));
        }
    }

    /// <inheritdoc/>
    public void ReadExampleWeights(ReadOnlySpan<int> rowIndices, Span<T> exampleWeights)
    {
        var selected = new int[rowIndices.Length];
        for (int row = 0; row < selected.Length; row++)
            selected[row] = _rowIndices[rowIndices[row]];
        _rows.ReadExampleWeights(selected, exampleWeights);
    }
}
