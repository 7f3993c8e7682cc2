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

    /// <param name="rows">All finite.</param>
    /// <param name="rowIndices">Which of the rows, zero-based, at least one; null for all.</param>
    /// <inheritdoc cref="ColumnMoments{T}.ToMeansAndDeviations" path="/returns"/>
    public static (double[] Means, double[] Deviations) Compute<T>(RowBlocks<T> rows, int[]? rowIndices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var moments = new ColumnMoments<T>(rows.RowLength);
        if (rowIndices is null)
        {
            foreach (Memory<T> block in rows.Blocks)
                moments.Add(block.Span);
            return moments.ToMeansAndDeviations();
        }
        var gathered = new T[moments.TileRowCount * rows.RowLength];
        for (int start = 0; start < rowIndices.Length; start += moments.TileRowCount)
        {
            int count = Math.Min(moments.TileRowCount, rowIndices.Length - start);
            for (int row = 0; row < count; row++)
                rows[rowIndices[start + row]].CopyTo(gathered.AsSpan(row * rows.RowLength));
            moments.Add(gathered.AsSpan(0, count * rows.RowLength));
        }
        return moments.ToMeansAndDeviations();
    }
}
