namespace Mlp.Benchmarks.Quality;

/// <summary>What --inner prints: a line a set, and one for all of them.</summary>
internal static class InnerLines
{
    private static readonly string[] Shown = ["accuracy", "auc", "log_loss", "rmse"];

    /// <summary>Every contender's means over the seeds, with the seconds of Fit by the clock and, in brackets, by the processors.</summary>
    public static string Of(QualitySet set, QualityResults results) =>
        $"{set.Name}: " + string.Join(" | ", results.Recipes.Where(recipe => results.Of(set.Name, recipe).Count > 0).Select(recipe =>
        {
            IReadOnlyList<Measurement> fits = results.Of(set.Name, recipe);
            string metrics = fits.Any(one => one.Metrics.Count == 0)
                ? $"failed: {fits.First(one => one.Metrics.Count == 0).Failure}"
                : string.Join(' ', Shown.Where(metric => fits[0].Metrics.ContainsKey(metric))
                    .Select(metric => $"{metric} {MarkdownText.Metric(results.Mean(set.Name, recipe, metric))}"));
            string against = string.Concat(results.Recipes.TakeWhile(other => other != recipe).Select(
                other => RowComparison.Of(set, results, recipe, other) is { } one
                    ? FormattableString.Invariant($", {one.Percent:+0.0;-0.0;0.0} ± {one.StandardError:F1} % to {other}") : ""));
            (double seconds, double processor) = (fits.Average(one => one.FitSeconds), fits.Average(one => one.ProcessorSeconds));
            return FormattableString.Invariant($"{recipe} {metrics}{against}, fit {seconds:F1} s ({processor:F1} s)");
        }));

    /// <summary>How many sets are better and worse beyond the noise of their rows: a line for each recipe and each before it.</summary>
    public static string BeyondNoise(IReadOnlyList<QualitySet> sets, QualityResults results) => string.Concat(
        from recipe in results.Recipes
        from other in results.Recipes.TakeWhile(other => other != recipe)
        let each = sets.Select(set => (set.Name, Difference: RowComparison.Of(set, results, recipe, other)))
            .Where(one => one.Difference is not null).ToArray()
        where each.Length > 0
        select $"{recipe} against {other}: of {each.Length} sets, by more than {RowComparison.Noise} standard errors of their rows "
            + $"{Names("better", each.Where(one => one.Difference!.IsBetter).Select(one => one.Name))}, "
            + $"{Names("worse", each.Where(one => one.Difference!.IsWorse).Select(one => one.Name))}\n");

    private static string Names(string what, IEnumerable<string> names) =>
        $"{what} on {names.Count()}{(names.Any() ? $" ({string.Join(", ", names)})" : "")}";

    /// <summary>
    /// The change of log-loss or RMSE against the first peer, or against the first recipe where there is no peer: the mean over the sets of
    /// 100 (loss / its loss - 1), with its standard error. A line for each of the others.
    /// </summary>
    public static string Summary(IReadOnlyList<QualitySet> sets, QualityResults results)
    {
        string reference = results.Trees.FirstOrDefault() ?? results.Recipes[0];
        return string.Concat(results.Recipes.Where(recipe => recipe != reference).Select(recipe =>
        {
            double[] changes =
            [
                .. sets.Where(set => results.Of(set.Name, recipe).Count > 0 && results.Of(set.Name, reference).Count > 0)
                    .Select(set => 100 * (results.Mean(set.Name, recipe, set.LossMetric)
                        / results.Mean(set.Name, reference, set.LossMetric) - 1)),
            ];
            double mean = changes.DefaultIfEmpty(double.NaN).Average();
            double error = Math.Sqrt(changes.Sum(change => (change - mean) * (change - mean)) / (changes.Length - 1) / changes.Length);
            return FormattableString.Invariant(
                $"{recipe} against {reference}: loss {mean:+0.0;-0.0;0.0} % on average (± {error:F1}), ")
                + $"better on {changes.Count(change => change < 0)} of {changes.Length}\n";
        }));
    }
}
