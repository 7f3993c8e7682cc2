namespace Mlp.Benchmarks.Quality;

/// <summary>The results of one recipe among those of the peers.</summary>
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
        .. sets.Where(set => set.Name != without && QualityMetrics.IsReported(set.Task, metric)).Select(set => Of(set, metric, withTrainers)),
    ];

    private Contest Of(QualitySet set, string metric, bool withTrainers)
    {
        Dictionary<string, double> scores = peers.Scores(set.Name, metric, withTrainers);
        scores.Add(Own, results.Mean(set.Name, recipe, metric));
        return new Contest(set.Name, QualityMetrics.HigherIsBetter(metric), scores);
    }
}
