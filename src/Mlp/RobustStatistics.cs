using System.Numerics;

namespace Mlp;

/// <summary>Median and spread of columns, neither moved by outliers.</summary>
internal static class RobustStatistics
{
    /// <summary>Rows that quartiles are taken from where there are more: their ranks are good to half a percent then.</summary>
    public const int MaxSampleSize = 20_000;

    /// <param name="rows">All finite, at least one.</param>
    /// <param name="checkCancellation">Called before every column; what it throws ends the work. Null for nothing.</param>
    /// <returns>
    /// The distance of the quartiles; where they coincide, half the median distance from the median of the values that differ from it; 0
    /// for a constant column.
    /// </returns>
    public static (double[] Medians, double[] Scales) Compute<T>(RowBlocks<T> rows, Action? checkCancellation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columnCount = rows.RowLength;
        int[] sample = Sample(rows.RowCount);
        var medians = new double[columnCount];
        var scales = new double[columnCount];
        var column = new T[sample.Length];
        for (int index = 0; index < columnCount; index++)
        {
            checkCancellation?.Invoke();
            for (int row = 0; row < sample.Length; row++)
                column[row] = rows[sample[row]][index];
            Array.Sort(column);
            medians[index] = Quantile<T>(column, 0.5);
            scales[index] = Quantile<T>(column, 0.75) - Quantile<T>(column, 0.25);
            if (scales[index] == 0)
                scales[index] = HalfDistanceOfOthers(rows, index, medians[index]);
        }
        return (medians, scales);
    }

    /// <summary>Linear interpolation between the two nearest ranks.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="part">In [0, 1].</param>
    internal static double Quantile<T>(ReadOnlySpan<T> sorted, double part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double position = part * (sorted.Length - 1);
        var below = (int)position;
        double low = double.CreateTruncating(sorted[below]), high = double.CreateTruncating(sorted[Math.Min(below + 1, sorted.Length - 1)]);
        // In two halves: the difference of two large numbers of opposite signs would be infinite.
        double half = (high / 2 - low / 2) * (position - below);
        return low + half + half;
    }

    /// <summary>All rows are looked at: a sample may have missed the few that differ.</summary>
    private static double HalfDistanceOfOthers<T>(RowBlocks<T> rows, int column, double median)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var distances = new List<double>();
        foreach (Memory<T> block in rows.Blocks)
        {
            ReadOnlySpan<T> values = block.Span;
            for (int position = column; position < values.Length; position += rows.RowLength)
            {
                double distance = Math.Abs(double.CreateTruncating(values[position]) - median);
                if (distance > 0)
                    distances.Add(distance);
            }
        }
        if (distances.Count == 0)
            return 0;
        distances.Sort();
        return Quantile<double>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(distances), 0.5) / 2;
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
