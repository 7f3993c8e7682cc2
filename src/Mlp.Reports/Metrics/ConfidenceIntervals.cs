using Mlp.Data;
using Mlp.State;

namespace Mlp.Reports.Metrics;

/// <summary>95 % confidence intervals of metrics.</summary>
internal static class ConfidenceIntervals
{
    // The 97.5 % quantile of the standard normal distribution.
    private const double Quantile975 = 1.959963984540054;

    // Rows drawn in total, over all samples.
    private const long MaxDraws = 20_000_000;

    /// <summary>For a share of rows. Source: Wilson 1927.</summary>
    /// <param name="count">Rows of which something is true.</param>
    /// <param name="rowCount">All rows; NaN for none.</param>
    public static (double Low, double High) Wilson(double count, double rowCount)
    {
        if (rowCount == 0)
            return (double.NaN, double.NaN);
        double share = count / rowCount, z2 = Quantile975 * Quantile975;
        double centre = (share + z2 / (2 * rowCount)) / (1 + z2 / rowCount);
        double half = Quantile975 / (1 + z2 / rowCount) * Math.Sqrt(share * (1 - share) / rowCount + z2 / (4 * rowCount * rowCount));
        // Rounding can leave [0, 1] or exclude the share itself.
        return (Math.Max(0, Math.Min(share, centre - half)), Math.Min(1, Math.Max(share, centre + half)));
    }

    /// <summary>How many samples <see cref="Bootstrap"/> draws: 1,000, or fewer when there are many rows.</summary>
    public static int ResampleCount(int rowCount) => (int)Math.Clamp(MaxDraws / Math.Max(1, rowCount), 200, 1000);

    /// <summary>The percentile bootstrap: the figures of rows drawn with replacement, as many as there are. Source: Efron 1979.</summary>
    /// <param name="rowCount">At least 1.</param>
    /// <param name="figures">Each gives its value, given how often each row counts; NaN when it is not defined.</param>
    /// <param name="isBiased">For each figure, whether its interval is moved by as much as the samples are off on average; such figures
    /// are not negative.</param>
    /// <param name="seed">The same seed gives the same intervals.</param>
    /// <param name="cancellationToken">Checked for each sample.</param>
    public static (double Low, double High)[] Bootstrap(
        int rowCount, IReadOnlyList<Func<int[], double>> figures, IReadOnlyList<bool> isBiased, int seed,
        CancellationToken cancellationToken = default)
    {
        int[] once = [.. Enumerable.Repeat(1, rowCount)];
        return [.. Resample(rowCount, figures, seed, cancellationToken).Select((each, figure) =>
        {
            (double low, double high) = (QuantileOf(each, 0.025), QuantileOf(each, 0.975));
            if (!isBiased[figure] || each.Count == 0)
                return (low, high);
            double value = figures[figure](once), bias = each.Average() - value;
            return (Math.Max(0, Math.Min(value, low - bias)), Math.Max(value, high - bias));
        })];
    }

    /// <summary>The percentile bootstrap of differences: both figures of a pair are those of the same drawn rows, so that what makes rows
    /// hard for both does not blur what lies between them.</summary>
    /// <param name="rowCount">At least 1.</param>
    /// <param name="pairs">Each gives two values, given how often each row counts; the difference is that of the second and the
    /// first.</param>
    /// <param name="seed">The same seed gives the same intervals.</param>
    /// <param name="cancellationToken">Checked for each sample.</param>
    /// <returns>For each pair the standard error of its difference, and the ends of the interval; NaN where it is never defined. What the
    /// samples are off on average, as of errors that cannot be negative, is taken off.</returns>
    public static (double StandardError, double Low, double High)[] PairedBootstrap(
        int rowCount, IReadOnlyList<(Func<int[], double> First, Func<int[], double> Second)> pairs, int seed,
        CancellationToken cancellationToken = default)
    {
        int[] once = [.. Enumerable.Repeat(1, rowCount)];
        Func<int[], double>[] differences =
            [.. pairs.Select(pair => (Func<int[], double>)(counts => pair.Second(counts) - pair.First(counts)))];
        return [.. Resample(rowCount, differences, seed, cancellationToken).Select((each, pair) =>
        {
            if (each.Count < 2)
                return (double.NaN, double.NaN, double.NaN);
            double mean = each.Average(), bias = mean - differences[pair](once);
            double error = Math.Sqrt(each.Sum(value => (value - mean) * (value - mean)) / (each.Count - 1));
            return (error, QuantileOf(each, 0.025) - bias, QuantileOf(each, 0.975) - bias);
        })];
    }

    /// <summary>The values of figures on rows drawn with replacement; those that are not defined are left out.</summary>
    private static List<double>[] Resample(
        int rowCount, IReadOnlyList<Func<int[], double>> figures, int seed, CancellationToken cancellationToken)
    {
        int resampleCount = ResampleCount(rowCount);
        var random = new RandomSource(seed);
        var counts = new int[rowCount];
        var values = figures.Select(_ => new List<double>(resampleCount)).ToArray();
        for (int resample = 0; resample < resampleCount; resample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(counts);
            for (int draw = 0; draw < rowCount; draw++)
                counts[random.NextInt32(rowCount)]++;
            for (int figure = 0; figure < values.Length; figure++)
            {
                double value = figures[figure](counts);
                if (double.IsFinite(value))
                    values[figure].Add(value);
            }
        }
        return values;
    }

    private static double QuantileOf(List<double> values, double part)
    {
        if (values.Count == 0)
            return double.NaN;
        values.Sort();
        return RobustStatistics.Quantile<double>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values), part);
    }
}
