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

    /// <param name="rows">At least one; none infinite that weighs something. NaN is a value that is missing, and left out.</param>
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
        (double[] means, double[] deviations) = moments.ToMeansAndDeviations();
        for (int column = 0; column < means.Length; column++)
        {
            if (double.IsNaN(means[column]))
                (means[column], deviations[column]) = ComputeWithoutMissing(rows, exampleWeights, column);
        }
        return (means, deviations);
    }

    /// <summary>Mean and standard deviation of a column with missing values; 0 where all are missing.</summary>
    private static (double Mean, double Deviation) ComputeWithoutMissing<T>(RowBlocks<T> rows, RowBlocks<T>? exampleWeights, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] found = [.. Enumerable.Range(0, rows.RowCount).Where(row => !T.IsNaN(rows[row][column]))];
        if (found.Length == 0)
            return (0, 0);
        var moments = new ColumnMoments<T>(columnCount: 1);
        moments.Add(
            [.. found.Select(row => rows[row][column])], exampleWeights is null ? [] : [.. found.Select(row => exampleWeights[row][0])]);
        (double[] means, double[] deviations) = moments.ToMeansAndDeviations();
        return (means[0], deviations[0]);
    }
}
