namespace Mlp.Benchmarks.Quality;

/// <summary>Ranks of models, 1 is best; models that are equal share the mean of their ranks.</summary>
internal static class Ranking
{
    // Means over seeds of the same counts may differ in their last bits.
    private const double Tolerance = 1e-9;

    /// <summary>The rank of each model in one contest.</summary>
    /// <exception cref="ArgumentException">A score is NaN, which has no rank.</exception>
    public static IReadOnlyDictionary<string, double> Rank(Contest contest)
    {
        if (contest.Scores.FirstOrDefault(pair => double.IsNaN(pair.Value)).Key is { } model)
            throw new ArgumentException(
                $"The score of {model} on {contest.Set} is NaN, which has no rank. Leave the model out or give it the worst score.");
        return contest.Scores.ToDictionary(
            own => own.Key,
            own =>
            {
                int equal = contest.Scores.Values.Count(other => AreEqual(other, own.Value));
                int better = contest.Scores.Values.Count(
                    other => !AreEqual(other, own.Value) && other > own.Value == contest.HigherIsBetter);
                return better + (equal + 1) / 2.0;
            });
    }

    /// <summary>The mean rank of each model over the contests it took part in, best first.</summary>
    public static IReadOnlyList<MeanRank> MeanRanks(IEnumerable<Contest> contests) =>
    [
        .. contests.SelectMany(Rank).GroupBy(pair => pair.Key, pair => pair.Value)
            .Select(ranks => new MeanRank(ranks.Key, ranks.Average(), ranks.Count()))
            .OrderBy(mean => mean.Rank),
    ];

    private static bool AreEqual(double first, double second) =>
        first == second || Math.Abs(first - second) <= Tolerance * Math.Max(Math.Abs(first), Math.Abs(second))
        && double.IsFinite(first - second);
}
