using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Benchmarks.Quality;

/// <summary>What a fitted model is worth on rows that it scored, by ML.NET's evaluators.</summary>
internal static class Judgement
{
    /// <summary>The metrics of the set's task; see <see cref="Measurement"/>.</summary>
    public static Dictionary<string, double> Of(MLContext ml, QualitySet set, IDataView scored)
    {
        switch (set.Task)
        {
            case QualityTask.Binary:
                CalibratedBinaryClassificationMetrics binary = ml.BinaryClassification.Evaluate(scored);
                // ML.NET gives the log-loss of two classes in bits, that of several in nats.
                return new()
                {
                    ["accuracy"] = binary.Accuracy,
                    ["auc"] = binary.AreaUnderRocCurve,
                    ["log_loss"] = ClippedLogLoss.OfTwoClasses(scored),
                    ["log_loss_evaluate"] = binary.LogLoss * Math.Log(2),
                };
            case QualityTask.Multiclass:
                MulticlassClassificationMetrics classes = ml.MulticlassClassification.Evaluate(scored);
                return new()
                {
                    ["accuracy"] = classes.MicroAccuracy,
                    ["log_loss"] = ClippedLogLoss.OfClasses(scored),
                    ["log_loss_evaluate"] = classes.LogLoss,
                };
            default:
                RegressionMetrics numbers = ml.Regression.Evaluate(scored);
                return new()
                {
                    ["rmse"] = numbers.RootMeanSquaredError,
                    ["rmse_se"] = StandardErrorOfRmse(scored),
                    ["r2"] = numbers.RSquared,
                };
        }
    }

    /// <summary>The loss of each row, log-loss or squared error: two models are compared by them.</summary>
    public static double[] RowLosses(QualitySet set, IDataView scored) => set.Task switch
    {
        QualityTask.Binary => [.. ClippedLogLoss.RowsOfTwoClasses(scored)],
        QualityTask.Multiclass => [.. ClippedLogLoss.RowsOfClasses(scored)],
        _ => SquaredErrors(scored),
    };

    /// <summary>Whether the model gives every row the same score.</summary>
    public static bool IsConstant(QualitySet set, IDataView scored)
    {
        if (set.Task != QualityTask.Multiclass)
            return scored.GetColumn<float>("Score").Distinct().Take(2).Count() < 2;
        float[]? first = null;
        return scored.GetColumn<float[]>("Score").All(score => score.AsSpan().SequenceEqual(first ??= score));
    }

    /// <summary>By the delta method: that of the mean of the squared errors, over twice their root.</summary>
    private static double StandardErrorOfRmse(IDataView scored)
    {
        double[] squares = SquaredErrors(scored);
        double mean = squares.Average();
        double variance = squares.Sum(square => (square - mean) * (square - mean)) / (squares.Length - 1);
        return Math.Sqrt(variance / squares.Length) / (2 * Math.Sqrt(mean));
    }

    private static double[] SquaredErrors(IDataView scored) =>
    [
        .. scored.GetColumn<float>("Score")
            .Zip(scored.GetColumn<float>(QualityRows.Label), (score, label) => ((double)score - label) * ((double)score - label)),
    ];
}
