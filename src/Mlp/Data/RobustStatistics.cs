using System.Numerics;
using Mlp.State;

namespace Mlp.Data;

/// <summary>Median and spread of columns, neither moved by outliers.</summary>
internal static class RobustStatistics
{
    /// <summary>Rows that quartiles are taken from where there are more: their ranks are good to half a percent then.</summary>
    public const int MaxSampleSize = 20_000;

    /// <param name="rows">At least one; none infinite that weighs something. NaN is a value that is missing, and left out.</param>
    /// <param name="exampleWeights">As many rows of one value, finite and at least 0, not all 0; null for 1 everywhere.</param>
    /// <param name="checkCancellation">Called before every column; what it throws ends the work. Null for nothing.</param>
    /// <param name="visit">Is shown the values of every column that has some; null for nothing.</param>
    /// <returns>
    /// The distance of the quartiles; where they coincide, half the median distance from the median of the values that differ from it; 0
    /// for a constant column.
    /// </returns>
    /// <exception cref="ArgumentException">The weights are others.</exception>
    public static (double[] Medians, double[] Scales) Compute<T>(
        RowBlocks<T> rows, RowBlocks<T>? exampleWeights = null, Action? checkCancellation = null, ColumnVisitor<T>? visit = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (rows, exampleWeights) = WeighingRows.Of(rows, exampleWeights);
        int columnCount = rows.RowLength;
        int[] sample = Sample(rows.RowCount);
        double[]? counts = exampleWeights is null ? null : RankedValues.Counts(exampleWeights);
        double[]? sampleCounts = counts is null ? null : [.. sample.Select(row => counts[row])];
        var medians = new double[columnCount];
        var scales = new double[columnCount];
        var column = new T[sample.Length];
        for (int index = 0; index < columnCount; index++)
        {
            checkCancellation?.Invoke();
            for (int row = 0; row < sample.Length; row++)
                column[row] = rows[sample[row]][index];
            (T[] values, double[]? valueCounts) = column.Any(T.IsNaN)
                ? WithoutMissing(rows, sample, index, counts) : (column, sampleCounts);
            if (values.Length == 0)
                continue;
            var ranked = RankedValues.Of(values, valueCounts);
            medians[index] = ranked.Quantile(0.5);
            scales[index] = ranked.Quantile(0.75) - ranked.Quantile(0.25);
            if (scales[index] == 0)
                scales[index] = HalfDistanceOfOthers(rows, counts, index, medians[index]);
            visit?.Invoke(index, ranked, medians[index], scales[index]);
        }
        return (medians, scales);
    }

    /// <summary>Is shown a column.</summary>
    /// <param name="column">Zero-based.</param>
    /// <param name="values">Of the rows, or of a sample of them, without those that are missing.</param>
    /// <param name="median">As returned.</param>
    /// <param name="scale">As returned.</param>
    public delegate void ColumnVisitor<T>(int column, RankedValues<T> values, double median, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc cref="RankedValues{T}.Quantile"/>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="part">In [0, 1].</param>
    internal static double Quantile<T>(ReadOnlySpan<T> sorted, double part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new RankedValues<T>(sorted, ends: []).Quantile(part);

    /// <summary>All rows are looked at: a sample may have missed the few that differ.</summary>
    private static double HalfDistanceOfOthers<T>(RowBlocks<T> rows, double[]? counts, int column, double median)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var distances = new List<double>();
        List<double>? countsOfDistances = counts is null ? null : [];
        int row = 0;
        foreach (Memory<T> block in rows.Blocks)
        {
            ReadOnlySpan<T> values = block.Span;
            for (int position = column; position < values.Length; position += rows.RowLength, row++)
            {
                double distance = Math.Abs(double.CreateTruncating(values[position]) - median);
                if (distance == 0 || double.IsNaN(distance))
                    continue;
                distances.Add(distance);
                countsOfDistances?.Add(counts![row]);
            }
        }
        return distances.Count == 0 ? 0 : RankedValues.Of([.. distances], countsOfDistances?.ToArray()).Quantile(0.5) / 2;
    }

    /// <summary>A column's values in the sample without the missing ones; in all rows where those of the sample are all
    /// missing.</summary>
    private static (T[] Values, double[]? Counts) WithoutMissing<T>(RowBlocks<T> rows, int[] sample, int column, double[]? counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] found = [.. sample.Where(row => !T.IsNaN(rows[row][column]))];
        if (found.Length == 0)
            found = [.. Enumerable.Range(0, rows.RowCount).Where(row => !T.IsNaN(rows[row][column]))];
        return ([.. found.Select(row => rows[row][column])], counts is null ? null : [.. found.Select(row => counts[row])]);
    }

    private static int[] Sample(int rowCount)
    {
        if (rowCount <= MaxSampleSize)
            return [.. Enumerable.Range(0, rowCount)];
        var random = new RandomSource(0);
        var rows = new int[MaxSampleSize];
        foreach (ref int row in rows.AsSpan())
            row = random.NextInt32(rowCount);
        // In order: they are read column after column.
        Array.Sort(rows);
        return rows;
    }
}
