using Mlp.Reports.Content;
using Mlp.Reports.Findings;
using Mlp.Reports.Metrics;

namespace Mlp.Reports.Tests.Findings;

/// <summary>Two models on the same rows, whose differences are known by formula.</summary>
public class ModelComparisonTests
{
    private const int RowCount = 400;

    [Fact]
    public void PairedBootstrap_OfMeans_HasTheErrorOfThePairedDifferences()
    {
        // Both values of a row have a large part in common, which the difference is free of.
        var random = new Random(1);
        double[] common = [.. Enumerable.Range(0, RowCount).Select(_ => 100 * random.NextDouble())];
        double[] first = [.. common.Select(value => value + random.NextDouble())];
        double[] second = [.. common.Select(value => value + 0.2 + random.NextDouble())];
        double[] differences = [.. second.Zip(first, (b, a) => b - a)];
        double mean = differences.Average();
        double expected = Math.Sqrt(differences.Sum(each => (each - mean) * (each - mean)) / (RowCount - 1) / RowCount);

        var spread = ConfidenceIntervals.PairedBootstrap(
            RowCount, [(counts => RowStatistics.Mean(counts, first), counts => RowStatistics.Mean(counts, second))], seed: 1,
            TestContext.Current.CancellationToken).Single();

        // A deviation of 1,000 samples is off by 1 / sqrt(2,000) of itself, 2.2 %; four times that.
        Assert.Equal(expected, spread.StandardError, 0.09 * expected);
        Assert.InRange(mean, spread.Low, spread.High);
        Assert.Equal(3.92 * expected, spread.High - spread.Low, 0.15 * 3.92 * expected);
        // Apart from each other the errors would be some hundred times as large.
        Assert.True(spread.StandardError < 0.05);
    }

    [Fact]
    public void Verdict_FollowsTheLoss_WhicheverModelComesFirst()
    {
        ScoredRows good = Numbers(error: 1, seed: 1), poor = Numbers(error: 3, seed: 2);

        var comparison = Compare(good, poor);

        Assert.True(comparison.Decisive is { IsBeyondNoise: true, IsSecondBetter: false, Strength: < 0 });
        Assert.StartsWith("a is better: its root mean squared error is lower by ", comparison.Verdict);
        Assert.StartsWith("b is better", Compare(poor, good).Verdict);
        Assert.Equal(RowCount, comparison.RowByRow().Sum(each => each.Count));
    }

    [Fact]
    public void Verdict_OfModelsThatAreAsGood_IsNoise()
    {
        var comparison = Compare(Numbers(error: 1, seed: 3), Numbers(error: 1, seed: 4));
        Assert.False(comparison.Decisive.IsBeyondNoise);
        Assert.StartsWith("No difference beyond noise: the root mean squared error of ", comparison.Verdict);
        ScoredRows same = Numbers(error: 1, seed: 3);
        Assert.StartsWith("No difference: the root mean squared error of both models is ", Compare(same, same).Verdict);
    }

    [Fact]
    public void RowByRow_OfClasses_CountsWhoIsRight()
    {
        // Of eight rows the first model is right in the first five, the second one in the last five.
        ScoredRows first = Classes([1, 1, 1, 1, 1, 0, 0, 0]), second = Classes([0, 0, 0, 1, 1, 1, 1, 1]);
        Assert.Equal([2, 3, 3, 0], Compare(first, second).RowByRow().Select(each => each.Count));
    }

    private static ModelComparison Compare(ScoredRows first, ScoredRows second) =>
        new("a", first, "b", second, seed: 1, TestContext.Current.CancellationToken);

    /// <summary>Predictions of numbers that are off by a normal error.</summary>
    private static ScoredRows Numbers(double error, int seed)
    {
        var random = new Random(seed);
        var targets = new RowBlocks<double>(1);
        var values = new double[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            targets.Add()[0] = row;
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[row] = row + error * normal;
        }
        var task = new RegressionTask();
        return new ScoredRows(task, TestPredictions.Of(task, values, targets, threshold: 0.5), targets, ["y"], "y");
    }

    /// <summary>Rows of the second class, predicted as it where the value is 1.</summary>
    private static ScoredRows Classes(double[] predicted)
    {
        var targets = new RowBlocks<double>(1);
        foreach (double _ in predicted)
            targets.Add()[0] = 1;
        var task = new BinaryTask();
        double[] values = [.. predicted.Select(value => 0.2 + 0.6 * value)];
        return new ScoredRows(task, TestPredictions.Of(task, values, targets, threshold: 0.5), targets, ["no", "yes"], "y");
    }
}
