namespace Mlp.Benchmarks.Quality;

/// <summary>How much better or worse a recipe is than another on the same rows with the same seeds.</summary>
/// <param name="Recipe">Which is compared.</param>
/// <param name="SetCount">Sets that both were run on.</param>
/// <param name="Difference">
/// d: mean over the sets of 100 (loss - the reference's) / the prior's, the loss being log-loss or root mean square error; negative is
/// better.
/// </param>
/// <param name="StandardError">Of d over the sets; NaN with fewer than two.</param>
/// <param name="Wins">Sets on which the loss is lower.</param>
/// <param name="AccuracyPoints">Mean gain in accuracy over the sets with classes, percentage points; NaN without such sets.</param>
/// <param name="RmsePercent">Mean change of the root mean square error over the other sets, percent; NaN without such sets.</param>
/// <param name="AucPoints">Mean gain in AUC over the sets with two classes, percentage points; NaN without such sets.</param>
/// <param name="BySet">d of each set, mean over its seeds.</param>
internal sealed record PairedComparison(
    string Recipe, int SetCount, double Difference, double StandardError, int Wins, double AccuracyPoints, double RmsePercent,
        double AucPoints,
    IReadOnlyDictionary<string, double> BySet)
{
    /// <summary>Compares a recipe with a reference on the fits that both have. A training that diverged counts as the prior.</summary>
    public static PairedComparison Of(IEnumerable<QualitySet> sets, QualityResults results, string recipe, string reference)
    {
        var bySet = new Dictionary<string, double>();
        List<double> accuracy = [], rmse = [], auc = [];
        foreach (QualitySet set in sets)
        {
            (Measurement Own, Measurement Reference)[] pairs =
            [
                .. results.Of(set.Name, recipe)
                    .Join(results.Of(set.Name, reference), one => one.Seed, one => one.Seed, (own, other) => (own, other)),
            ];
            if (pairs.Length == 0)
                continue;
            bySet[set.Name] = pairs.Average(pair => 100 * (LossOf(pair.Own, set) - LossOf(pair.Reference, set)) / pair.Reference.PriorLoss);
            (Measurement Own, Measurement Reference)[] sound =
                [.. pairs.Where(pair => pair.Own.Metrics.Count > 0 && pair.Reference.Metrics.Count > 0)];
            if (sound.Length == 0)
                continue;
            double Mean(Func<Measurement, Measurement, double> value) => sound.Average(pair => value(pair.Own, pair.Reference));
            if (set.Task == QualityTask.Regression)
                rmse.Add(Mean((own, other) => 100 * (own.Metrics["rmse"] / other.Metrics["rmse"] - 1)));
            else
                accuracy.Add(Mean((own, other) => 100 * (own.Metrics["accuracy"] - other.Metrics["accuracy"])));
            if (set.Task == QualityTask.Binary)
                auc.Add(Mean((own, other) => 100 * (own.Metrics["auc"] - other.Metrics["auc"])));
        }
        return new PairedComparison(
            recipe, bySet.Count, MeanOf(bySet.Values), StandardErrorOf(bySet.Values), bySet.Values.Count(difference => difference < 0),
            MeanOf(accuracy), MeanOf(rmse), MeanOf(auc), bySet);
    }

    private static double LossOf(Measurement one, QualitySet set) =>
        one.Metrics.TryGetValue(set.LossMetric, out double loss) ? loss : one.PriorLoss;

    private static double MeanOf(IReadOnlyCollection<double> values) => values.Count == 0 ? double.NaN : values.Average();

    private static double StandardErrorOf(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
            return double.NaN;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count);
    }
}
