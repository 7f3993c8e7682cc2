using System.Globalization;

namespace Mlp.Benchmarks.Quality;

/// <summary>Recipes beside each other as Markdown; the first one is the reference.</summary>
/// <param name="sets">The sets that were run.</param>
/// <param name="results">What they gave.</param>
/// <param name="peers">Among whom each recipe is ranked; null where other rows than theirs were judged.</param>
internal sealed class ComparisonTables(IReadOnlyList<QualitySet> sets, QualityResults results, PeerScores? peers)
{
    // Below, one split decides more than a recipe does.
    private const int LargerSetTrainRows = 500;

    private readonly MarkdownText _text = new();

    public string Write()
    {
        string rows = results switch
        {
            { InnerRows: { } most } => $"training rows, others for each seed, after a fit to at most {most:N0} others",
            { Validating: true } => $"a held-out {100 * InnerSplit.HeldOutPart:F0}% of the training rows, others for each seed",
            _ => "the test rows",
        };
        _text.Line($"{results.Machine}; {results.SeedCount} seed(s), mean; judged on {rows}.");
        BySet("log-loss in nats, RMSE for numbers (lower is better)", set => set.LossMetric);
        BySet("accuracy, RMSE for numbers", set => set.MainMetric);
        BySet("AUC (higher is better)", set => set.Task == QualityTask.Binary ? "auc" : null);
        _text.Title("Seconds of Fit (median over seeds)");
        _text.Header(["set", .. results.Recipes]);
        foreach (QualitySet set in sets)
            _text.Row([set.Name, .. results.Recipes.Select(
                recipe => Has(set, recipe) ? FormattableString.Invariant($"{results.FitSeconds(set.Name, recipe):F2}") : "–")]);
        if (results.Recipes.Count > 1)
            Differences();
        if (peers is not null)
            Ranks(peers);
        else if (results.Trees.Count > 0)
            RanksBesideEachOther();
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
            _text.Row([set.Name, .. results.Recipes.Select(
                recipe => Has(set, recipe) ? MarkdownText.Metric(results.Mean(set.Name, recipe, metricOf(set)!)) : "–")]);
    }

    private void Differences()
    {
        string reference = results.Recipes[0];
        QualitySet[] larger = [.. sets.Where(set => set.TrainCount >= LargerSetTrainRows)];
        _text.Title($"Against {reference}: d = 100 (loss - its loss) / the prior's, mean over sets ± standard error; negative is better");
        _text.Header(["recipe", "d, all sets", "better on", $"d, sets of {LargerSetTrainRows} training rows or more", "better on",
            "accuracy points", "RMSE %", "AUC points"]);
        foreach (string recipe in results.Recipes.Skip(1))
        {
            PairedComparison all = PairedComparison.Of(sets, results, recipe, reference),
                some = PairedComparison.Of(larger, results, recipe, reference);
            _text.Row([
                recipe, Difference(all), $"{all.Wins} of {all.SetCount}", Difference(some), $"{some.Wins} of {some.SetCount}",
                Signed(all.AccuracyPoints), Signed(all.RmsePercent), Signed(all.AucPoints)]);
        }
        _text.Line("\nd by set:\n");
        _text.Header(["set", .. results.Recipes.Skip(1)]);
        var comparisons =
            results.Recipes.Skip(1).ToDictionary(recipe => recipe, recipe => PairedComparison.Of(sets, results, recipe, reference));
        foreach (QualitySet set in sets)
            _text.Row([set.Name, .. comparisons.Values.Select(
                one => one.BySet.TryGetValue(set.Name, out double difference) ? Signed(difference) : "–")]);
    }

    private void Ranks(PeerScores peers)
    {
        _text.Title("Mean rank among the peers, each recipe alone, 1 is best");
        _text.Header(["recipe", "accuracy/RMSE", $"log-loss without {QualityBars.NotAmongLogLossSets}", "AUC"]);
        foreach (string recipe in results.Recipes)
        {
            var contests = new Contests([.. sets.Where(set => Has(set, recipe))], results, recipe, peers);
            _text.Row([
                recipe, RankIn(contests.Main(withTrainers: false)),
                RankIn(contests.On("log_loss", withTrainers: false, QualityBars.NotAmongLogLossSets)),
                    RankIn(contests.On("auc", withTrainers: false))]);
        }
    }

    private void RanksBesideEachOther()
    {
        (string Name, IReadOnlyDictionary<string, MeanRank> Ranks, int SetCount)[] kinds =
            [Kind("accuracy/RMSE", set => set.MainMetric), Kind("log-loss", _ => "log_loss"), Kind("AUC", _ => "auc")];
        _text.Title("Mean ranks beside each other, on the sets where all were fitted, 1 is best");
        _text.Header(["model", .. kinds.Select(kind => $"{kind.Name} ({kind.SetCount})")]);
        foreach (string recipe in results.Recipes)
            _text.Row([recipe, .. kinds.Select(kind => kind.Ranks.TryGetValue(recipe, out MeanRank? mean)
                ? FormattableString.Invariant($"{mean.Rank:F2}") : "–")]);

        (string, IReadOnlyDictionary<string, MeanRank>, int) Kind(string name, Func<QualitySet, string> metricOf)
        {
            Contest[] contests =
            [
                .. sets.Where(set => QualityMetrics.IsReported(set.Task, metricOf(set)) && results.Recipes.All(recipe => Has(set, recipe)))
                    .Select(set => new Contest(
                        set.Name, QualityMetrics.HigherIsBetter(metricOf(set)),
                        results.Recipes.ToDictionary(recipe => recipe, recipe => results.Mean(set.Name, recipe, metricOf(set))))),
            ];
            return (name, Ranking.MeanRanks(contests).ToDictionary(mean => mean.Model), contests.Length);
        }
    }

    private static string RankIn(IReadOnlyList<Contest> contests) =>
        Ranking.MeanRanks(contests).FirstOrDefault(mean => mean.Model == Contests.Own) is { } own
        ? FormattableString.Invariant($"{own.Rank:F2} ({own.SetCount})") : "–";

    private bool Has(QualitySet set, string recipe) => results.Of(set.Name, recipe).Count > 0;

    private static string Difference(PairedComparison one) =>
        double.IsNaN(one.StandardError)
        ? Signed(one.Difference) : FormattableString.Invariant($"{Signed(one.Difference)} ± {one.StandardError:F2}");

    private static string Signed(double value) =>
        double.IsNaN(value) ? "–" : value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
