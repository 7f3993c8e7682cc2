using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Benchmarks.Quality;

/// <summary>Fits recipes to one set and judges them, on its test rows or on a part of its training rows.</summary>
/// <param name="set">The table.</param>
/// <param name="rows">Its rows; without test rows when validating.</param>
/// <param name="validating">Whether to judge on a fifth of the training rows.</param>
internal sealed class QualityRun(QualitySet set, QualityRows rows, bool validating)
{
    public Measurement Measure(QualityRecipe recipe, int seed)
    {
        (int[] train, int[] judged) = Split(seed);
        var ml = new MLContext(seed);
        IDataView trainView = rows.ToView(ml, train), judgedView = rows.ToView(ml, judged);
        double prior = Prior(train, judged);
        IEstimator<ITransformer> pipeline = QualityPipeline.Create(ml, set, recipe);
        // What an earlier fit left behind is not collected on this one's time.
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        try
        {
            ITransformer model = pipeline.Fit(trainView);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            IDataView scored = model.Transform(judgedView);
            string? failure = IsConstant(scored) ? "The model gives every row the same score." : null;
            return new Measurement(set.Name, recipe.Name, seed, seconds, prior, Evaluate(ml, scored), failure);
        }
        catch (TrainingDivergedException exception)
        {
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return new Measurement(set.Name, recipe.Name, seed, seconds, prior, new Dictionary<string, double>(), exception.Message);
        }
    }

    private (int[] Train, int[] Judged) Split(int seed)
    {
        bool[] isJudged = validating
            ? InnerSplit.HeldOut(set.Task == QualityTask.Regression ? null : rows.Labels, rows.Labels.Count, seed)
            : [.. rows.IsTest];
        return (Where(false), Where(true));

        int[] Where(bool judged) => [.. Enumerable.Range(0, isJudged.Length).Where(row => isJudged[row] == judged)];
    }

    private double Prior(int[] train, int[] judged)
    {
        string[] trainLabels = Array.ConvertAll(train, row => rows.Labels[row]), judgedLabels = Array.ConvertAll(judged, row => rows.Labels[row]);
        return set.Task == QualityTask.Regression
            ? PriorLoss.OfNumbers(trainLabels, judgedLabels)
            : PriorLoss.OfClasses(trainLabels, judgedLabels);
    }

    private Dictionary<string, double> Evaluate(MLContext ml, IDataView scored)
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

    /// <summary>By the delta method: that of the mean of the squared errors, over twice their root.</summary>
    private static double StandardErrorOfRmse(IDataView scored)
    {
        double[] squares =
        [
            .. scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>(QualityRows.Label), (score, label) => ((double)score - label) * ((double)score - label)),
        ];
        double mean = squares.Average();
        double variance = squares.Sum(square => (square - mean) * (square - mean)) / (squares.Length - 1);
        return Math.Sqrt(variance / squares.Length) / (2 * Math.Sqrt(mean));
    }

    private bool IsConstant(IDataView scored)
    {
        if (set.Task != QualityTask.Multiclass)
            return scored.GetColumn<float>("Score").Distinct().Take(2).Count() < 2;
        float[]? first = null;
        return scored.GetColumn<float[]>("Score").All(score => score.AsSpan().SequenceEqual(first ??= score));
    }
}
