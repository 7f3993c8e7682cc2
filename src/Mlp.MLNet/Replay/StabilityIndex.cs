namespace Mlp.MLNet.Replay;

/// <summary>Compares two histograms of a column: see <see cref="ColumnDrift"/>.</summary>
internal static class StabilityIndex
{
    private const double RarePart = 0.01, HalfRow = 0.5;

    // Of the standard normal distribution, for 99 of 100 cases.
    private const double Quantile = 2.326348;

    /// <param name="name">Of the column.</param>
    /// <param name="old">Of the rows so far.</param>
    /// <param name="now">Of new rows; the same bins, of a category possibly more.</param>
    public static ColumnDrift Compare(string name, ColumnHistogram old, ColumnHistogram now)
    {
        List<(double Old, double Now)> bins = old.Edges is null ? BinsOfCategory(old, now)
            : [.. old.Counts.Zip(now.Counts, (before, after) => ((double)before, (double)after)), (old.MissingCount, now.MissingCount)];
        bins.RemoveAll(bin => bin is (0, 0));
        (double oldSum, double nowSum) = (bins.Sum(bin => bin.Old), bins.Sum(bin => bin.Now));
        if (bins.Count < 2 || oldSum == 0 || nowSum == 0)
            return new ColumnDrift(name, 0, 0, UnknownOf(old, old), UnknownOf(now, old));
        double index = bins.Sum(bin =>
        {
            double p = (bin.Old + HalfRow) / (oldSum + HalfRow * bins.Count), q = (bin.Now + HalfRow) / (nowSum + HalfRow * bins.Count);
            return (q - p) * Math.Log(q / p);
        });
        return new ColumnDrift(
            name, index, (1 / oldSum + 1 / nowSum) * ChiSquareQuantile(bins.Count - 1), UnknownOf(old, old), UnknownOf(now, old));
    }

    private static List<(double Old, double Now)> BinsOfCategory(ColumnHistogram old, ColumnHistogram now)
    {
        long sum = old.Counts.Sum();
        var bins = new List<(double Old, double Now)> { (old.Counts[0], now.Counts[0]) };
        (double Old, double Now) rare = (0, 0);
        for (int value = 1; value < Math.Max(old.Counts.Length, now.Counts.Length); value++)
        {
            (long before, long after) = (old.Counts.ElementAtOrDefault(value), now.Counts.ElementAtOrDefault(value));
            // A value that came after the first training is not known to the old rows, and no rare one of theirs.
            if (value >= old.Counts.Length)
                bins[0] = (bins[0].Old, bins[0].Now + after);
            else if (before < RarePart * sum)
                rare = (rare.Old + before, rare.Now + after);
            else
                bins.Add((before, after));
        }
        bins.Add(rare);
        return bins;
    }

    private static double UnknownOf(ColumnHistogram column, ColumnHistogram old)
    {
        long sum = column.Counts.Sum() + column.MissingCount;
        long unknown = old.Edges is not null ? column.MissingCount : column.Counts[0] + column.Counts.Skip(old.Counts.Length).Sum();
        return sum == 0 ? 0 : (double)unknown / sum;
    }

    /// <summary>Wilson and Hilferty 1931; within 1 %.</summary>
    private static double ChiSquareQuantile(int degrees)
    {
        double part = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - part + Quantile * Math.Sqrt(part), 3);
    }
}
