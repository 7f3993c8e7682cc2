namespace Mlp.Benchmarks.Quality;

/// <summary>The results of one recipe among those of the peers: quoted ones, and trees measured in the same process.</summary>
/// <param name="sets">The sets that were run.</param>
/// <param name="results">What they gave.</param>
/// <param name="recipe">Whose results take part.</param>
/// <param name="peers">The others.</param>
internal sealed class Contests(IReadOnlyList<QualitySet> sets, QualityResults results, string recipe, PeerScores peers)
{
    /// <summary>Our name in the tables.</summary>
    public const string Own = "Mlp";

    /// <summary>Accuracy where there are classes, root mean square error elsewhere: every set.</summary>
    public IReadOnlyList<Contest> Main(bool withTrainers) => [.. sets.Select(set => Of(set, set.MainMetric, withTrainers))];

    /// <summary>One metric on the sets that have it.</summary>
    /// <param name="metric">log_loss, auc, accuracy or rmse.</param>
    /// <param name="withTrainers">Whether ML.NET's trainers take part.</param>
    /// <param name="without">A set to leave out; null for none.</param>
    public IReadOnlyList<Contest> On(string metric, bool withTrainers, string? without = null) =>
    [
        .. sets.Where(set => set.Name != without && QualityMetrics.IsReported(set.Task, metric))
            .Select(set => Of(set, metric, withTrainers)),
    ];

    /// <summary>One metric of ours and of the trees that were fitted in the same process, on the sets that have it and were run with all of
    /// these.</summary>
    public IReadOnlyList<Contest> BesideTrees(string? metric, string? without = null) =>
    [
        .. sets.Where(set => set.Name != without && QualityMetrics.IsReported(set.Task, metric ?? set.MainMetric)
            && Trees(set).SequenceEqual(results.Trees))
            .Select(set => Create(set, metric ?? set.MainMetric, new Dictionary<string, double>(), Trees(set))),
    ];

    private Contest Of(QualitySet set, string metric, bool withTrainers) =>
        Create(set, metric, peers.Scores(set.Name, metric, withTrainers), withTrainers ? Trees(set) : []);

    /// <summary>Those measured take the place of those quoted.</summary>
    private Contest Create(QualitySet set, string metric, Dictionary<string, double> scores, IEnumerable<string> trees)
    {
        foreach (string tree in trees)
            scores[tree] = results.Mean(set.Name, tree, metric);
        scores.Add(Own, results.Mean(set.Name, recipe, metric));
        return new Contest(set.Name, QualityMetrics.HigherIsBetter(metric), scores);
    }

    private IEnumerable<string> Trees(QualitySet set) => results.Trees.Where(tree => results.Of(set.Name, tree).Count > 0);
}
