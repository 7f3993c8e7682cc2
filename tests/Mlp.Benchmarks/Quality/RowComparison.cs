namespace Mlp.Benchmarks.Quality;

/// <summary>How far one contender's loss on the rows of a set is from another's, with the noise of these rows.</summary>
/// <param name="Percent">100 (loss / the other's - 1), the loss being log-loss or root mean square error; negative is better.</param>
/// <param name="StandardError">Of that, where rows are drawn independently: from the differences row by row.</param>
internal sealed record RowComparison(double Percent, double StandardError)
{
    /// <summary>In standard errors.</summary>
    public const double Noise = 2;

    public bool IsBetter => Percent < -Noise * StandardError;

    public bool IsWorse => Percent > Noise * StandardError;

    /// <summary>Over all seeds that both were fitted with; null where the losses of their rows are not known.</summary>
    public static RowComparison? Of(QualitySet set, QualityResults results, string recipe, string reference)
    {
        (Measurement Own, Measurement Other)[] pairs =
        [
            .. results.Of(set.Name, recipe).Join(
                    results.Of(set.Name, reference), one => one.Seed, one => one.Seed, (own, other) => (Own: own, Other: other))
                .Where(pair => pair.Own.RowLosses.Count > 0 && pair.Other.RowLosses.Count > 0),
        ];
        if (pairs.Length == 0)
            return null;
        RowComparison[] each = [.. pairs.Select(pair => Of(pair.Own.RowLosses, pair.Other.RowLosses, set.Task == QualityTask.Regression))];
        // Seeds judge by other rows: their errors add up as those of independent samples.
        return new RowComparison(
            each.Average(one => one.Percent), Math.Sqrt(each.Sum(one => one.StandardError * one.StandardError)) / each.Length);
    }

    /// <param name="own">Losses of rows.</param>
    /// <param name="others">Of the same rows.</param>
    /// <param name="areSquares">Whether the loss is the root of their mean; its error is that of the mean over twice its root.</param>
    public static RowComparison Of(IReadOnlyList<double> own, IReadOnlyList<double> others, bool areSquares)
    {
        double[] differences = [.. own.Zip(others, (one, other) => one - other)];
        (double mean, double reference) = (differences.Average(), others.Average());
        double variance = differences.Sum(one => (one - mean) * (one - mean)) / (differences.Length - 1);
        double error = Math.Sqrt(variance / differences.Length) / reference;
        return areSquares ? new(100 * (Math.Sqrt(1 + mean / reference) - 1), 100 * error / 2) : new(100 * mean / reference, 100 * error);
    }
}
