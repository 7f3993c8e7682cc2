using Mlp.Reports.Metrics;

namespace Mlp.Reports.Tests.Metrics;

public class RankedScoresTests
{
    private static readonly int[] Ones = [1, 1, 1, 1, 1];

    [Fact]
    public void Areas_MatchAnExampleByHand()
    {
        // Ranks: + 0.9, − 0.8, + 0.7 and − 0.7 (tied), − 0.1.
        var ranked = new RankedScores([0.1, 0.9, 0.7, 0.8, 0.7], [false, true, true, false, false]);

        // Of 6 pairs: 0.9 beats all 3; 0.7 beats 0.1, ties with 0.7, loses to 0.8: 4.5 of 6.
        Assert.Equal(4.5 / 6, ranked.AreaUnderRoc(Ones), 1e-12);
        // Half of the positives at precision 1; the other half from 1/2, behind the negative row, to 2/3.
        Assert.Equal(0.5 * 1 + 0.5 * (1 / 2.0 + 2 / 3.0) / 2, ranked.AreaUnderPrecisionRecall(Ones), 1e-12);
        Assert.Equal([(0, 0), (1, 0), (1, 1), (2, 2), (2, 3)], ranked.Steps());
    }

    [Fact]
    public void Counts_AreLikeRepeatedRows()
    {
        double[] scores = [0.3, 0.6, 0.6, 0.2], twice = [.. scores, 0.6, 0.2];
        bool[] applies = [true, false, true, false], twiceApplies = [.. applies, true, false];

        var counted = new RankedScores(scores, applies);
        var repeated = new RankedScores(twice, twiceApplies);

        Assert.Equal(repeated.AreaUnderRoc([1, 1, 1, 1, 1, 1]), counted.AreaUnderRoc([1, 1, 2, 2]), 1e-12);
        Assert.Equal(repeated.AreaUnderPrecisionRecall([1, 1, 1, 1, 1, 1]), counted.AreaUnderPrecisionRecall([1, 1, 2, 2]), 1e-12);
    }

    [Fact]
    public void OneKindOfRow_HasNoArea()
    {
        var ranked = new RankedScores([0.3, 0.6], [true, true]);
        Assert.True(double.IsNaN(ranked.AreaUnderRoc([1, 1])));
        Assert.Equal(1, ranked.AreaUnderPrecisionRecall([1, 1]));
        Assert.True(double.IsNaN(new RankedScores([0.3], [false]).AreaUnderPrecisionRecall([1])));
    }

    [Fact]
    public void PrecisionCurve_BeginsAtTheFirstRowOfTheClass_NotAtZero()
    {
        // The highest score is not of the class: precision is 0 of 1, then 1 of 2, 2 of 3 and 2 of 4.
        var ranked = new RankedScores([0.9, 0.8, 0.7, 0.1], [false, true, true, false]);

        Assert.Equal([(0, 0.5), (0.5, 0.5), (1, 2 / 3.0), (1, 0.5)], RankedScores.PrecisionCurve(ranked.Steps(), positiveCount: 2));
    }
}
