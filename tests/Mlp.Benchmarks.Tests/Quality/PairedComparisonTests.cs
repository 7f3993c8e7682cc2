using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class PairedComparisonTests
{
    private static readonly QualitySet[] Sets =
    [
        new("two", "two.csv", QualityTask.Binary, ["x"], [], 600, 200, 0),
        new("number", "number.csv", QualityTask.Regression, ["x"], [], 300, 100, 0),
    ];

    [Fact]
    public void Of_IsTheMeanOverSetsOfTheDifferenceRelativeToThePrior()
    {
        var comparison = PairedComparison.Of(Sets, Results(
            Two("own", 0, accuracy: 0.9, logLoss: 0.30), Two("reference", 0, accuracy: 0.8, logLoss: 0.40),
            Two("own", 1, accuracy: 0.9, logLoss: 0.35), Two("reference", 1, accuracy: 0.9, logLoss: 0.35),
            Number("own", 0, rmse: 12), Number("reference", 0, rmse: 10)), "own", "reference");

        // two: (100 (0.30 - 0.40) / 0.5 + 0) / 2 = -10; number: 100 (12 - 10) / 20 = 10.
        Assert.Equal([("two", -10), ("number", 10)], comparison.BySet.Select(pair => (pair.Key, Math.Round(pair.Value, 9))));
        Assert.Equal(0, comparison.Difference, 1e-9);
        // Standard deviation sqrt((100 + 100) / 1), over sqrt(2).
        Assert.Equal(10, comparison.StandardError, 1e-9);
        Assert.Equal((2, 1), (comparison.SetCount, comparison.Wins));
        Assert.Equal(
            [5, 20, 0], [comparison.AccuracyPoints, comparison.RmsePercent, comparison.AucPoints], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Of_DivergedTraining_CountsAsThePrior()
    {
        var comparison = PairedComparison.Of(
            Sets,
            Results(
                new Measurement("number", "own", 0, 1, 1, 20, new Dictionary<string, double>(), "It diverged."),
                Number("reference", 0, rmse: 10)),
            "own", "reference");

        Assert.Equal(50, comparison.Difference, 1e-9);
        Assert.True(double.IsNaN(comparison.StandardError));
        Assert.True(double.IsNaN(comparison.RmsePercent));
    }

    private static QualityResults Results(params Measurement[] measurements) => new("here", true, measurements, [], null);

    private static Measurement Two(string recipe, int seed, double accuracy, double logLoss) =>
        new("two", recipe, seed, 1, 1, 0.5,
            new Dictionary<string, double> { ["accuracy"] = accuracy, ["auc"] = 0.7, ["log_loss"] = logLoss }, null);

    private static Measurement Number(string recipe, int seed, double rmse) =>
        new("number", recipe, seed, 1, 1, 20, new Dictionary<string, double> { ["rmse"] = rmse, ["rmse_se"] = 1, ["r2"] = 0 }, null);
}
