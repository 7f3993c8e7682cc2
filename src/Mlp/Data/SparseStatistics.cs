using System.Numerics;

namespace Mlp.Data;

/// <summary>The size of what is in sparse slots where they are not 0.</summary>
internal static class SparseStatistics
{
    /// <param name="rows">Of slots 0 to <paramref name="slotCount"/> − 1.</param>
    /// <param name="slotCount">How many there are.</param>
    /// <param name="isRobust">Half the median absolute value; otherwise the root mean square.</param>
    /// <param name="counts">How often each row counts; null for once.</param>
    /// <returns>One value per slot; 0 for a slot without values.</returns>
    public static double[] Compute<T>(SparseRows<T> rows, int slotCount, bool isRobust, double[]? counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int[] starts, double[] sizes, double[]? sizeCounts) = BySlot(rows, slotCount, counts);
        var scales = new double[slotCount];
        for (int slot = 0; slot < slotCount; slot++)
        {
            (int start, int length) = (starts[slot], starts[slot + 1] - starts[slot]);
            if (length == 0)
                continue;
            ReadOnlySpan<double> own = sizes.AsSpan(start, length);
            double[]? ownCounts = sizeCounts?.AsSpan(start, length).ToArray();
            scales[slot] = isRobust ? RankedValues.Of(own.ToArray(), ownCounts).Quantile(0.5) / 2 : RootMeanSquare(own, ownCounts);
        }
        return scales;
    }

    /// <summary>The absolute values, slot after slot.</summary>
    private static (int[] Starts, double[] Sizes, double[]? Counts) BySlot<T>(SparseRows<T> rows, int slotCount, double[]? counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var starts = new int[slotCount + 1];
        for (int row = 0; row < rows.RowCount; row++)
        {
            foreach (int slot in rows.SlotsOf(row))
                starts[slot + 1]++;
        }
        for (int slot = 0; slot < slotCount; slot++)
            starts[slot + 1] += starts[slot];
        int[] next = [.. starts];
        var sizes = new double[starts[^1]];
        double[]? sizeCounts = counts is null ? null : new double[sizes.Length];
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<int> slots = rows.SlotsOf(row);
            ReadOnlySpan<T> values = rows.ValuesOf(row);
            for (int index = 0; index < slots.Length; index++)
            {
                int position = next[slots[index]]++;
                sizes[position] = Math.Abs(double.CreateTruncating(values[index]));
                if (sizeCounts is not null)
                    sizeCounts[position] = counts![row];
            }
        }
        return (starts, sizes, sizeCounts);
    }

    private static double RootMeanSquare(ReadOnlySpan<double> sizes, double[]? counts)
    {
        double sum = 0, count = 0;
        for (int index = 0; index < sizes.Length; index++)
        {
            double weight = counts?[index] ?? 1;
            sum += weight * sizes[index] * sizes[index];
            count += weight;
        }
        return Math.Sqrt(sum / count);
    }
}
