using Mlp.Reports.Content;
using Mlp.Reports.Metrics;

namespace Mlp.Reports.Tasks;

/// <summary>Metrics of two or more classes that exclude each other.</summary>
internal static class ClassMetrics
{
    /// <summary>The share of each class among the training rows or, without any, among the test rows.</summary>
    public static double[] TrainingShares(ScoredRows scored)
    {
        var shares = new double[scored.ClassCount];
        for (int row = 0; row < scored.Known.RowCount; row++)
            shares[ReportContent.ClassOf(scored.Known[row])] += 1.0 / scored.Known.RowCount;
        return shares;
    }

    /// <param name="predictions">Of classes.</param>
    /// <param name="majority">The class that is predicted without features.</param>
    public static MetricDefinition Accuracy(TestPredictions predictions, int majority) => new(
        "Accuracy", counts => RowStatistics.Share(counts, _ => true, row => predictions.Actual[row] == predictions.Predicted[row]))
    {
        RowsOfShare = predictions.RowCount,
        Baseline = predictions.Actual.Count(each => each == majority) / (double)predictions.RowCount,
    };

    /// <param name="predictions">Of classes.</param>
    /// <param name="shares">The probabilities that are predicted without features.</param>
    /// <param name="name">With the unit.</param>
    /// <param name="unit">Of the row losses, in nats.</param>
    public static MetricDefinition LogLoss(TestPredictions predictions, double[] shares, string name, double unit)
    {
        double[] losses = predictions.RowLosses(predictions.Values);
        return new(name, counts => RowStatistics.Mean(counts, losses))
        {
            HigherIsBetter = false,
            IsShare = false,
            Baseline = predictions.Actual.Average(each => TestPredictions.LogLoss(shares[each], applies: true)) / unit,
        };
    }
}
