using System.Numerics;

namespace Mlp;

/// <summary>Mean and standard deviation (population formula) of every column.</summary>
/// <remarks>
/// Two passes in double, first row first, over the differences from the first row: those of a constant column are exactly 0, and a
/// large common offset costs no digits.
/// </remarks>
internal static class ColumnStatistics
{
    /// <param name="values">Row-major, rowCount x columnCount; all finite, at least one row.</param>
    /// <param name="columnCount">At least 1.</param>
    /// <returns>The deviation of a constant column is exactly 0.</returns>
    public static (double[] Means, double[] Deviations) Compute<T>(ReadOnlySpan<T> values, int columnCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rowCount = values.Length / columnCount;
        ReadOnlySpan<T> first = values[..columnCount];
        var means = new double[columnCount];
        var deviations = new double[columnCount];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<T> cells = values.Slice(row * columnCount, columnCount);
            for (int column = 0; column < columnCount; column++)
                means[column] += Difference(cells[column], first[column]) / rowCount;
        }
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<T> cells = values.Slice(row * columnCount, columnCount);
            for (int column = 0; column < columnCount; column++)
            {
                double difference = Difference(cells[column], first[column]) - means[column];
                deviations[column] += difference * difference / rowCount;
            }
        }
        for (int column = 0; column < columnCount; column++)
        {
            means[column] += double.CreateTruncating(first[column]);
            deviations[column] = Math.Sqrt(deviations[column]);
        }
        return (means, deviations);
    }

    private static double Difference<T>(T value, T origin)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => double.CreateTruncating(value) - double.CreateTruncating(origin);
}
