using System.Numerics;

namespace Mlp;

/// <summary>Some rows of a source, which are not copied. One thread at a time may read it; several may share the source.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SelectedRows<T> : IRowSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IRowSource<T> _source;
    private readonly int[] _rowIndices;
    private int[] _translated = [];

    /// <summary>Wraps a source.</summary>
    /// <param name="source">Has the rows; reading must be thread-safe where several selections share it.</param>
    /// <param name="rowIndices">Which rows, in which order; not copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of the source.</exception>
    public SelectedRows(IRowSource<T> source, int[] rowIndices)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rowIndices);
        foreach (int row in rowIndices)
        {
            if ((uint)row >= (uint)source.RowCount)
                throw new ArgumentOutOfRangeException(nameof(rowIndices), row, $"Row {row} is selected; the source has rows 0 to {source.RowCount - 1}.");
        }
        (_source, _rowIndices) = (source, rowIndices);
    }

    /// <inheritdoc/>
    public int RowCount => _rowIndices.Length;

    /// <inheritdoc/>
    public int InputCount => _source.InputCount;

    /// <inheritdoc/>
    public int TargetCount => _source.TargetCount;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights)
    {
        if (_translated.Length < rowIndices.Length)
            _translated = new int[rowIndices.Length];
        for (int index = 0; index < rowIndices.Length; index++)
            _translated[index] = _rowIndices[rowIndices[index]];
        _source.Read(_translated.AsSpan(0, rowIndices.Length), inputs, targets, exampleWeights);
    }
}
