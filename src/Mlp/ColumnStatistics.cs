using System.Numerics;

namespace Mlp;

/// <summary>Mean and standard deviation (population formula) of every column.</summary>
internal static class ColumnStatistics
{
    /// <param name="values">Row-major, rowCount x columnCount; all finite, at least one row.</param>
    /// <param name="columnCount">At least 1.</param>
    /// <inheritdoc cref="ColumnMoments{T}.ToMeansAndDeviations" path="/returns"/>
    public static (double[] Means, double[] Deviations) Compute<T>(ReadOnlySpan<T> values, int columnCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var moments = new ColumnMoments<T>(columnCount);
        moments.Add(values);
        return moments.ToMeansAndDeviations();
    }

    /// <param name="rows">All finite, at least one.</param>
    /// <param name="checkCancellation">Called before every block of rows; what it throws ends the work. Null for nothing.</param>
    /// <inheritdoc cref="ColumnMoments{T}.ToMeansAndDeviations" path="/returns"/>
    public static (double[] Means, double[] Deviations) Compute<T>(RowBlocks<T> rows, Action? checkCancellation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var moments = new ColumnMoments<T>(rows.RowLength);
        foreach (Memory<T> block in rows.Blocks)
        {
            checkCancellation?.Invoke();
            moments.Add(block.Span);
        }
        return moments.ToMeansAndDeviations();
    }
}
