using System.Numerics;

namespace Mlp.Data;

/// <summary>Mean and standard deviation (population formula) of every column.</summary>
internal static class ColumnStatistics
{
    /// <param name="values">Row-major, rowCount x columnCount; all finite, at least one row.</param>
    /// <param name="columnCount">At least 1.</param>
    /// <param name="exampleWeights">One per row; empty for 1 everywhere. What a row of weight 0 holds makes no difference.</param>
    /// <inheritdoc cref="ColumnMoments{T}.ToMeansAndDeviations" path="/returns"/>
    public static (double[] Means, double[] Deviations) Compute<T>(
        ReadOnlySpan<T> values, int columnCount, ReadOnlySpan<T> exampleWeights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!exampleWeights.IsEmpty)
            return Compute(new RowBlocks<T>(values.ToArray(), columnCount), new RowBlocks<T>(exampleWeights.ToArray(), rowLength: 1));
        var moments = new ColumnMoments<T>(columnCount);
        moments.Add(values);
        return moments.ToMeansAndDeviations();
    }

    /// <param name="rows">All finite that weigh something, at least one.</param>
    /// <param name="exampleWeights">As many rows of one value, finite and at least 0, not all 0; null for 1 everywhere.</param>
    /// <param name="checkCancellation">Called before every block of rows; what it throws ends the work. Null for nothing.</param>
    /// <inheritdoc cref="ColumnMoments{T}.ToMeansAndDeviations" path="/returns"/>
    /// <exception cref="ArgumentException">The weights are others.</exception>
    public static (double[] Means, double[] Deviations) Compute<T>(
        RowBlocks<T> rows, RowBlocks<T>? exampleWeights = null, Action? checkCancellation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (rows, exampleWeights) = WeighingRows.Of(rows, exampleWeights);
        var moments = new ColumnMoments<T>(rows.RowLength);
        var weights = new T[exampleWeights is null ? 0 : moments.TileRowCount];
        int first = 0;
        foreach (Memory<T> block in rows.Blocks)
        {
            checkCancellation?.Invoke();
            ReadOnlySpan<T> values = block.Span;
            if (exampleWeights is null)
            {
                moments.Add(values);
                continue;
            }
            while (!values.IsEmpty)
            {
                int count = Math.Min(weights.Length, values.Length / rows.RowLength);
                for (int row = 0; row < count; row++)
                    weights[row] = exampleWeights[first + row][0];
                moments.Add(values[..(count * rows.RowLength)], weights.AsSpan(0, count));
                values = values[(count * rows.RowLength)..];
                first += count;
            }
        }
        return moments.ToMeansAndDeviations();
    }
}
