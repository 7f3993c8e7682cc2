using System.Globalization;

namespace Mlp.Benchmarks.Quality;

/// <summary>Recipes beside each other as Markdown; the first one is the reference.</summary>
/// <param name="sets">The sets that were run.</param>
/// <param name="results">What they gave.</param>
internal sealed class ComparisonTables(IReadOnlyList<QualitySet> sets, QualityResults results)
{
    // Below, one split decides more than a recipe does.
    private const int LargerSetTrainRows = 500;

    private readonly MarkdownText _text = new();

    public string Write()
    {
        string rows = results.Validating ? $"a held-out {InnerSplit.HeldOutPart:P0} of the training rows, another one per seed" : "the test rows";
        _text.Line($"{results.Machine}; {results.SeedCount} seed(s), mean; judged on {rows}.");
        BySet("log-loss in nats, RMSE for numbers (lower is better)", set => set.LossMetric);
        BySet("accuracy, RMSE for numbers", set => set.MainMetric);
        BySet("AUC (higher is better)", set => set.Task == QualityTask.Binary ? "auc" : null);
        _text.Title("Seconds of Fit (median over seeds)");
        _text.Header(["set", .. results.Recipes]);
        foreach (QualitySet set in sets)
            _text.Row([set.Name, .. results.Recipes.Select(recipe => Has(set, recipe) ? FormattableString.Invariant($"{results.FitSeconds(set.Name, recipe):F2}") : "–")]);
        if (results.Recipes.Count > 1)
            Differences();
        foreach (Measurement one in results.Measurements.Where(one => one.Failure is not null))
            _text.Line($"\n{one.Set}, {one.Recipe}, seed {one.Seed}: {one.Failure}");
        return _text.ToString();
    }

    private void BySet(string title, Func<QualitySet, string?> metricOf)
    {
        QualitySet[] those = [.. sets.Where(set => metricOf(set) is not null)];
        if (those.Length == 0)
            return;
        _text.Title(title);
        _text.Header(["set", .. results.Recipes]);
        foreach (QualitySet set in those)
            _text.Row([set.Name, .. results.Recipes.Select(recipe => Has(set, recipe) ? MarkdownText.Metric(results.Mean(set.Name, recipe, metricOf(set)!)) : "–")]);
    }

    private void Differences()
    {
        string reference = results.Recipes[0];
        QualitySet[] larger = [.. sets.Where(set => set.TrainCount >= LargerSetTrainRows)];
        _text.Title($"Against {reference}: d = 100 (loss - its loss) / the prior's, mean over sets ± standard error; negative is better");
        _text.Header(["recipe", "d, all sets", "better on", $"d, sets of {LargerSetTrainRows} training rows or more", "better on", "accuracy points", "RMSE %", "AUC points"]);
        foreach (string recipe in results.Recipes.Skip(1))
        {
            PairedComparison all = PairedComparison.Of(sets, results, recipe, reference), some = PairedComparison.Of(larger, results, recipe, reference);
            _text.Row([
                recipe, Difference(all), $"{all.Wins} of {all.SetCount}", Difference(some), $"{some.Wins} of {some.SetCount}",
                Signed(all.AccuracyPoints), Signed(all.RmsePercent), Signed(all.AucPoints)]);
        }
        _text.Line("\nd by set:\n");
        _text.Header(["set", .. results.Recipes.Skip(1)]);
        var comparisons =
            results.Recipes.Skip(1).ToDictionary(recipe => recipe, recipe => PairedComparison.Of(sets, results, recipe, reference));
        foreach (QualitySet set in sets)
            _text.Row([set.Name, .. comparisons.Values.Select(one => one.BySet.TryGetValue(set.Name, out double difference) ? Signed(difference) : "–")]);
    }

    private bool Has(QualitySet set, string recipe) => results.Of(set.Name, recipe).Count > 0;

    private static string Difference(PairedComparison one) =>
        double.IsNaN(one.StandardError) ? Signed(one.Difference) : FormattableString.Invariant($"{Signed(one.Difference)} ± {one.StandardError:F2}");

    private static string Signed(double value) => double.IsNaN(value) ? "–" : value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
