namespace Mlp.Benchmarks.Quality;

/// <summary>What the defaults have to reach on the test rows.</summary>
/// <param name="sets">The sets that were run.</param>
/// <param name="results">What they gave.</param>
/// <param name="recipe">Whose results are judged.</param>
/// <param name="contests">The same results among the peers'.</param>
internal sealed class QualityBars(IReadOnlyList<QualitySet> sets, QualityResults results, string recipe, Contests contests)
{
    /// <summary>The set that trials of recipes leave out of their log-loss ranks.</summary>
    public const string NotAmongLogLossSets = "mnist";

    private const int SmallSetRows = 1000;

    public IEnumerable<QualityBar> All() =>
    [
        RankBar("accuracy/RMSE", contests.Main(withTrainers: false), 2.5),
        BestOfAll(),
        RankBar("log-loss", contests.On("log_loss", withTrainers: false, NotAmongLogLossSets), 1.6),
        RankBar("AUC", contests.On("auc", withTrainers: false), 1.8),
        NeverTheWorst(),
        NoBadModel(),
        NotBehindLinear(),
        NotSlower(),
        LongestFit(),
    ];

    private static QualityBar RankBar(string metric, IReadOnlyList<Contest> contests, double bar)
    {
        string wanted = FormattableString.Invariant($"mean rank on {metric} among the peers at most {bar}");
        if (contests.Count == 0)
            return new QualityBar(wanted, "no such set", null);
        double rank = RankOf(Ranking.MeanRanks(contests), Contests.Own);
        return new QualityBar(wanted, FormattableString.Invariant($"{rank:F2} over {contests.Count} sets"), rank <= bar);
    }

    /// <summary>Not all of ML.NET's trainers were run on all sets: each is compared on its own.</summary>
    private QualityBar BestOfAll()
    {
        IReadOnlyList<Contest> all = contests.Main(withTrainers: true);
        string[] ahead =
        [
            .. all.SelectMany(contest => contest.Scores.Keys).Distinct().Select(model =>
            {
                IReadOnlyList<MeanRank> ranks = Ranking.MeanRanks(all.Where(contest => contest.Scores.ContainsKey(model)));
                double own = RankOf(ranks, Contests.Own), other = RankOf(ranks, model);
                return other < own ? FormattableString.Invariant($"{model} {other:F2} against {own:F2}") : null;
            }).OfType<string>(),
        ];
        return new QualityBar(
            "best mean rank on accuracy/RMSE of peers and ML.NET's trainers, each on the sets it was run on",
            FormattableString.Invariant($"{RankOf(Ranking.MeanRanks(all), Contests.Own):F2} over {all.Count} sets; ")
                + (ahead.Length == 0 ? "none is ahead" : $"ahead are {string.Join(", ", ahead)}"),
            ahead.Length == 0);
    }

    private static double RankOf(IReadOnlyList<MeanRank> ranks, string model) => ranks.Single(mean => mean.Model == model).Rank;

    private QualityBar NeverTheWorst()
    {
        string[] worst =
        [
            .. contests.Main(withTrainers: false).Where(contest => Ranking.Rank(contest)[Contests.Own] == contest.Scores.Count)
                .Select(contest => contest.Set),
        ];
        return new QualityBar("never the worst of the peers on accuracy/RMSE", Names("worst on", worst), worst.Length == 0);
    }

    private QualityBar NoBadModel()
    {
        string[] bad =
        [
            .. results.Measurements.Where(one => one.Recipe == recipe && (one.Failure is not null || one.Metrics.Values.Any(double.IsNaN)))
                .Select(one => $"{one.Set} seed {one.Seed}"),
        ];
        return new QualityBar("never a diverged or constant model", Names("such on", bad), bad.Length == 0);
    }

    /// <summary>
    /// The standard error is that of our own figure, as if the linear model's were exact: of an accuracy p on n test rows
    /// sqrt(p (1 - p) / n), of a root mean square error by the delta method. Smaller, so stricter, than that of a difference of two.
    /// </summary>
    private QualityBar NotBehindLinear()
    {
        string[] behind =
        [
            .. sets.Where(set => set.RowCount < SmallSetRows).Where(IsBehindLinear).Select(set => set.Name),
        ];
        return new QualityBar(
            "sets of fewer than 1,000 rows: not behind the linear model by more than two standard errors", Names("behind on", behind),
            behind.Length == 0);
    }

    private bool IsBehindLinear(QualitySet set)
    {
        Contest contest = contests.Main(withTrainers: false).Single(contest => contest.Set == set.Name);
        double own = contest.Scores[Contests.Own], linear = contest.Scores[PeerScores.Linear];
        return set.Task == QualityTask.Regression
            ? own > linear + 2 * results.Mean(set.Name, recipe, "rmse_se")
            : own < linear - 2 * Math.Sqrt(own * (1 - own) / set.TestCount);
    }

    /// <summary>Against the faster of the two ways to run the peer.</summary>
    private QualityBar NotSlower()
    {
        const string Wanted = "fit time at most that of scikit-learn's net, median of the ratios over the sets";
        double[] ratios =
        [
            .. results.SklearnFits.Where(fit => sets.Any(set => set.Name == fit.Set)).GroupBy(fit => fit.Set, fit => fit.Seconds)
                .Select(seconds => results.FitSeconds(seconds.Key, recipe) / seconds.Min()),
        ];
        if (ratios.Length == 0)
            return new QualityBar(Wanted, $"not measured: {results.SklearnAbsence ?? "not run"}", null);
        double median = QualityMetrics.Median(ratios);
        return new QualityBar(
            Wanted, FormattableString.Invariant($"{median:F2}, from {ratios.Min():F2} to {ratios.Max():F2} over {ratios.Length} sets"),
            median <= 1);
    }

    private QualityBar LongestFit()
    {
        QualitySet longest = sets.MaxBy(set => results.FitSeconds(set.Name, recipe))!;
        double seconds = results.FitSeconds(longest.Name, recipe);
        return new QualityBar(
            "no fit longer than 5 minutes", FormattableString.Invariant($"{seconds:F1} s on {longest.Name}"), seconds <= 300);
    }

    private static string Names(string what, string[] names) => names.Length == 0 ? "none" : $"{what} {string.Join(", ", names)}";
}
