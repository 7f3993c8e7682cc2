using System.Numerics;

namespace Mlp;

/// <summary>Mean and standard deviation (population formula) of every column, by two passes in double, first row first.</summary>
internal static class ColumnStatistics
{
    public static (double[] Means, double[] Deviations) Compute<T>(ReadOnlySpan<T> values, int columnCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, columnCount, nameof(values));
        int rowCount = values.Length / columnCount;
        var means = new double[columnCount];
        var deviations = new double[columnCount];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<T> cells = values.Slice(row * columnCount, columnCount);
            for (int column = 0; column < columnCount; column++)
                means[column] += double.CreateTruncating(cells[column]) / rowCount;
        }
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<T> cells = values.Slice(row * columnCount, columnCount);
            for (int column = 0; column < columnCount; column++)
            {
                double difference = double.CreateTruncating(cells[column]) - means[column];
                deviations[column] += difference * difference / rowCount;
            }
        }
        for (int column = 0; column < columnCount; column++)
            deviations[column] = Math.Sqrt(deviations[column]);
        return (means, deviations);
    }

    /// <summary>A deviation this far below the mean is the rounding of a constant column.</summary>
    public static bool IsConstant(double mean, double deviation) => deviation <= 1e-12 * Math.Abs(mean);
}
