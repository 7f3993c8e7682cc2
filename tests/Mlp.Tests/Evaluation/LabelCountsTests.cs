using Mlp.Evaluation;

namespace Mlp.Tests.Evaluation;

public class LabelCountsTests
{
    [Fact]
    public void Metrics_MatchAnExampleByHand()
    {
        LabelCounts counts = Count(truePositives: 3, falsePositives: 1, falseNegatives: 2, trueNegatives: 4);
        Assert.Equal((3, 1, 2, 4), (counts.TruePositives, counts.FalsePositives, counts.FalseNegatives, counts.TrueNegatives));
        Assert.Equal(0.75, counts.Precision);
        Assert.Equal(0.6, counts.Recall);
        Assert.Equal(2 * 0.75 * 0.6 / 1.35, counts.F1Score, 1e-15);
        Assert.Equal((0.7, 0.3), (counts.Accuracy, counts.ErrorRate));
    }

    [Fact]
    public void Sum_AddsCounts()
    {
        var sum = LabelCounts.Sum([Count(1, 2, 3, 4), Count(10, 20, 30, 40)]);
        Assert.Equal((11, 22, 33, 44), (sum.TruePositives, sum.FalsePositives, sum.FalseNegatives, sum.TrueNegatives));
    }

    [Fact]
    public void NothingToDivideBy_GivesZero()
    {
        var counts = new LabelCounts();
        Assert.Equal((0, 0, 0, 0, 0), (counts.Precision, counts.Recall, counts.F1Score, counts.Accuracy, counts.ErrorRate));
    }

    private static LabelCounts Count(int truePositives, int falsePositives, int falseNegatives, int trueNegatives)
    {
        var counts = new LabelCounts();
        for (int i = 0; i < truePositives; i++)
            counts.Add(applies: true, predicted: true);
        for (int i = 0; i < falsePositives; i++)
            counts.Add(applies: false, predicted: true);
        for (int i = 0; i < falseNegatives; i++)
            counts.Add(applies: true, predicted: false);
        for (int i = 0; i < trueNegatives; i++)
            counts.Add(applies: false, predicted: false);
        return counts;
    }
}
