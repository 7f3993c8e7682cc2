using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class RankingTests
{
    [Theory]
    [InlineData(true, 3, 1, 2)]
    [InlineData(false, 1, 3, 2)]
    public void Rank_BestIsOne(bool higherIsBetter, double a, double b, double c)
    {
        IReadOnlyDictionary<string, double> ranks = Ranking.Rank(Of("set", higherIsBetter, ("a", 0.5), ("b", 0.9), ("c", 0.7)));

        Assert.Equal([a, b, c], [ranks["a"], ranks["b"], ranks["c"]]);
    }

    [Fact]
    public void Rank_EqualScores_ShareTheMeanOfTheirRanks()
    {
        // b and c hold ranks 2 and 3; the same mean of counts may differ in its last bit.
        IReadOnlyDictionary<string, double> ranks =
            Ranking.Rank(Of("set", true, ("a", 0.9), ("b", 0.8), ("c", Math.BitIncrement(0.8)), ("d", 0.1)));

        Assert.Equal([1, 2.5, 2.5, 4], [ranks["a"], ranks["b"], ranks["c"], ranks["d"]]);
    }

    [Fact]
    public void Rank_InfiniteLosses_ShareTheLastRanks()
    {
        IReadOnlyDictionary<string, double> ranks =
            Ranking.Rank(Of("set", false, ("a", double.PositiveInfinity), ("b", 3), ("c", double.PositiveInfinity)));

        Assert.Equal([2.5, 1, 2.5], [ranks["a"], ranks["b"], ranks["c"]]);
    }

    [Fact]
    public void Rank_NaN_NamesModelAndSet()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Ranking.Rank(Of("glass", true, ("a", 1), ("b", double.NaN))));

        Assert.Contains("b on glass is NaN", exception.Message);
    }

    [Fact]
    public void MeanRanks_AreOverTheSetsThatAModelWasRunOn_BestFirst()
    {
        IReadOnlyList<MeanRank> means = Ranking.MeanRanks(
        [
            Of("first", true, ("a", 0.9), ("b", 0.8), ("c", 0.7)),
            Of("second", false, ("a", 12), ("b", 10)),
            Of("third", false, ("a", 5), ("b", 5)),
        ]);

        // a: 1, 2, 1.5; b: 2, 1, 1.5; c: 3.
        Assert.Equal([("a", 1.5, 3), ("b", 1.5, 3), ("c", 3.0, 1)], means.Select(mean => (mean.Model, mean.Rank, mean.SetCount)));
    }

    private static Contest Of(string set, bool higherIsBetter, params (string Model, double Score)[] scores) =>
        new(set, higherIsBetter, scores.ToDictionary(pair => pair.Model, pair => pair.Score));
}
