namespace Mlp.Training.Intervals;

/// <summary>Turns scales into widths that hold the asked part of the labels, also among low and among high predictions.</summary>
/// <remarks>Split conformal prediction of distances divided by scales, each side by itself: Lei et al. 2018, "Distribution-free predictive
/// inference for regression", section 5.2, and Romano, Patterson and Candès 2019, theorem 2; in each part of the range of predictions by
/// itself (Mondrian): Vovk, Gammerman and Shafer 2005, section 4.5.</remarks>
internal static class IntervalTable
{
    // Chosen on parts of the training rows: docs/intervals.md.
    private const int RowsPerBin = 500, MaxBinCount = 12, RowsPerFirstBin = 60, FirstBinCount = 4;

    /// <summary>Parts of the range of predictions.</summary>
    public static int BinCountFor(int rowCount, double largestLevel)
    {
        int least = 4 * WeightedQuantile.LeastRowCount(largestLevel);
        int first = Math.Min(FirstBinCount, rowCount / Math.Max(RowsPerFirstBin, least));
        return Math.Clamp(Math.Max(first, rowCount / Math.Max(RowsPerBin, least)), 1, MaxBinCount);
    }

    /// <summary>The widths of each side in units of its scale.</summary>
    /// <param name="rows">Distances.</param>
    /// <param name="scales">[rows x targets x 2].</param>
    /// <param name="target">Zero-based.</param>
    /// <param name="levels">Ascending.</param>
    /// <returns>[parts x levels x 2], at least 0, rising with the level.</returns>
    public static double[] MultipliersOf(IntervalRows rows, double[] scales, int target, double[] levels)
    {
        int[][] bins = rows.Bins[target];
        var multipliers = new double[bins.Length * levels.Length * 2];
        for (int bin = 0; bin < bins.Length; bin++)
        {
            // A part without rows is beyond all edges that mean something.
            int[] own = bins[bin].Length > 0 ? bins[bin] : [.. Enumerable.Range(0, rows.RowCount)];
            for (int side = 0; side < 2; side++)
            {
                double[] ratios = [.. own.Select(row =>
                    rows.Distance(row, target, side) / scales[(row * rows.TargetCount + target) * 2 + side])];
                double[] weights = [.. own.Select(row => rows.Weights[row])];
                Array.Sort(ratios, weights);
                for (int level = 0; level < levels.Length; level++)
                    multipliers[(bin * levels.Length + level) * 2 + side] =
                        Math.Max(0, WeightedQuantile.ConformalOfSorted(ratios, weights, (1 + levels[level]) / 2));
            }
        }
        return multipliers;
    }
}
