namespace Mlp.Benchmarks.Quality;

/// <summary>The results of a recipe on the test rows as Markdown.</summary>
/// <param name="sets">The sets that were run.</param>
/// <param name="results">What they gave.</param>
/// <param name="recipe">Whose results are shown.</param>
/// <param name="peers">The others.</param>
internal sealed class QualityTables(IReadOnlyList<QualitySet> sets, QualityResults results, string recipe, PeerScores peers)
{
    private readonly Contests _contests = new(sets, results, recipe, peers);
    private readonly MarkdownText _text = new();

    public string Write()
    {
        _text.Line(
            $"{results.Machine}; recipe {recipe}, {results.SeedCount} seed(s), mean; judged on the test rows by ML.NET's evaluators, "
                + "log-loss clipped as the peers' is.");
        Metric("accuracy (higher is better)", "accuracy");
        Metric("RMSE (lower is better)", "rmse");
        Metric("log-loss in nats (lower is better)", "log_loss");
        Metric("AUC (higher is better)", "auc");
        Unclipped();
        if (results.Trees.Count > 0)
            Ranks("Mean ranks beside the trees fitted in the same run, 1 is best", _contests.BesideTrees);
        Ranks("Mean ranks among the peers", Field(withTrainers: false));
        Ranks("Mean ranks with ML.NET's trees and linear trainers (* standardised; mean over the sets they were run on)",
            Field(withTrainers: true));
        Times();
        Bars();
        return _text.ToString();
    }

    private void Metric(string title, string metric)
    {
        IReadOnlyList<Contest> first = _contests.On(metric, withTrainers: false), second = _contests.On(metric, withTrainers: true);
        if (first.Count == 0)
            return;
        _text.Title(title);
        _text.Header(["set", "test rows", Contests.Own, "sd over seeds", .. peers.PeerNames, "rank", .. results.Trees,
            "best of ML.NET's others", "rank with all"]);
        foreach ((Contest among, Contest all) in first.Zip(second))
        {
            var trainers = all.Scores.Where(pair => !among.Scores.ContainsKey(pair.Key) && !results.Trees.Contains(pair.Key)).ToArray();
            string best = trainers.Length == 0 ? "–"
                : (all.HigherIsBetter ? trainers.MaxBy(pair => pair.Value) : trainers.MinBy(pair => pair.Value)) is var (name, value)
                    ? $"{MarkdownText.Metric(value)} {name}" : "–";
            _text.Row([
                among.Set, Invariant($"{sets.Single(set => set.Name == among.Set).TestCount:N0}"),
                    $"**{MarkdownText.Metric(among.Scores[Contests.Own])}**",
                Deviation(among.Set, metric),
                .. peers.PeerNames.Select(peer => among.Scores.TryGetValue(peer, out double score) ? MarkdownText.Metric(score) : "–"),
                RankOf(among),
                .. results.Trees.Select(
                    tree => results.Of(among.Set, tree).Count > 0 ? MarkdownText.Metric(results.Mean(among.Set, tree, metric)) : "–"),
                best, RankOf(all)]);
        }
    }

    /// <summary>ML.NET's own log-loss where clipping changed it.</summary>
    private void Unclipped()
    {
        foreach (QualitySet set in sets.Where(set => set.Task != QualityTask.Regression))
        {
            double clipped = results.Mean(set.Name, recipe, "log_loss"), own = results.Mean(set.Name, recipe, "log_loss_evaluate");
            if (!(Math.Abs(own - clipped) < 5e-5))
                _text.Line($"\n{set.Name}: ML.NET's Evaluate, which clips less, says {MarkdownText.Metric(own)}.");
        }
    }

    private Func<string?, string?, IReadOnlyList<Contest>> Field(bool withTrainers) =>
        (metric, without) => metric is null ? _contests.Main(withTrainers) : _contests.On(metric, withTrainers, without);

    /// <param name="title">Above the table.</param>
    /// <param name="contests">Of a metric, null for each set's main one, without a set, null for none.</param>
    private void Ranks(string title, Func<string?, string?, IReadOnlyList<Contest>> contests)
    {
        (string Name, IReadOnlyList<Contest> Contests)[] kinds =
        [
            ("accuracy/RMSE", contests(null, null)),
            ("log-loss", contests("log_loss", null)),
            ($"log-loss without {QualityBars.NotAmongLogLossSets}", contests("log_loss", QualityBars.NotAmongLogLossSets)),
            ("AUC", contests("auc", null)),
        ];
        _text.Title(title);
        _text.Header(["model", .. kinds.Select(kind => $"{kind.Name} ({kind.Contests.Count})")]);
        var means = kinds.Select(kind => Ranking.MeanRanks(kind.Contests).ToDictionary(mean => mean.Model)).ToArray();
        foreach (string model in means[0].Keys)
        {
            _text.Row([model, .. means.Zip(kinds, (mean, kind) => mean.TryGetValue(model, out MeanRank? rank)
                ? Invariant($"{rank.Rank:F2}{(rank.SetCount < kind.Contests.Count ? $" ({rank.SetCount})" : "")}") : "–")]);
        }
    }

    private void Times()
    {
        _text.Title($"Time of Fit: {Contests.Own}'s as a multiple of others', median over seeds, in turns");
        _text.Line("Of the trees' in processor time of all threads, of scikit-learn's by the clock.\n");
        if (results.SklearnAbsence is not null)
            _text.Line($"scikit-learn: {results.SklearnAbsence}.\n");
        bool hasSklearn = results.SklearnFits.Count > 0;
        _text.Header(["set", "train rows", .. results.Trees, .. hasSklearn
            ? (string[])["scikit-learn, the faster of one thread and as it comes"] : []]);
        foreach (QualitySet set in sets)
        {
            double[] fits = [.. results.SklearnFits.Where(fit => fit.Set == set.Name).Select(fit => fit.Seconds)];
            string[] ofSklearn = hasSklearn
                ? [fits.Length > 0 ? Invariant($"{results.FitSeconds(set.Name, recipe) / fits.Min():F2}") : "–"] : [];
            _text.Row([
                set.Name, Invariant($"{set.TrainCount:N0}"),
                .. results.Trees.Select(
                    tree => results.ProcessorTimeRatio(set.Name, recipe, tree) is { } ratio ? Invariant($"{ratio:F2}") : "–"),
                .. ofSklearn]);
        }
    }

    private void Bars()
    {
        _text.Title("Bars");
        _text.Header(["wanted", "found", ""]);
        foreach (QualityBar bar in new QualityBars(sets, results, recipe, _contests).All())
            _text.Row([bar.Wanted, bar.Found, bar.IsMet switch { true => "met", false => "missed", null => "" }]);
        foreach (Measurement one in results.Measurements.Where(one => one.Recipe == recipe && one.Failure is not null))
            _text.Line($"\n{one.Set}, seed {one.Seed}: {one.Failure}");
    }

    private string Deviation(string set, string metric)
    {
        double[] values = [.. results.Of(set, recipe).Where(one => one.Metrics.ContainsKey(metric)).Select(one => one.Metrics[metric])];
        if (values.Length < 2)
            return "–";
        double mean = values.Average();
        return MarkdownText.Metric(Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }

    private static string RankOf(Contest contest) => Invariant($"{Ranking.Rank(contest)[Contests.Own]:0.#} of {contest.Scores.Count}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
