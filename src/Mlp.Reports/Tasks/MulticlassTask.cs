using Mlp.MLNet;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Metrics;
using Mlp.Reports.Tasks;
using Mlp.Reports.Writing;

namespace Mlp.Reports;

/// <summary>One of several classes: one output per class. The target is the class's index, or one value per class, the largest of which
/// marks the class.</summary>
public sealed class MulticlassTask : PredictionTask
{
    internal override bool IsTaskOf(MlpTransformerBase transformer) => transformer is MlpMulticlassTransformer;

    internal override bool IsTaskOf(OutputLink link, int outputCount, int? targetCount) =>
        link == OutputLink.Softmax || (link == OutputLink.Sigmoid && outputCount > 1 && targetCount == 1);

    internal override int CountClasses(int outputCount) => outputCount;

    internal override bool TakesTargets(int targetCount, int outputCount) => targetCount == 1 || targetCount == outputCount;

    internal override void CheckTargets(ReadOnlySpan<double> targets, int classCount)
    {
        if (targets.Length > 1)
            base.CheckTargets(targets, classCount);
        else if (targets[0] != Math.Floor(targets[0]) || targets[0] < 0 || targets[0] >= classCount)
        {
            throw new ArgumentException(
                $"A target is {targets[0]}; for this task it must be the index of one of {classCount} classes.", nameof(targets));
        }
    }

    internal override double[] RowLosses(TestPredictions predictions, double[] values) =>
        [.. predictions.Actual.Select(
            (actual, row) => TestPredictions.LogLoss(values[row * predictions.OutputCount + actual], applies: true))];

    internal override IEnumerable<MetricDefinition> Metrics(ScoredRows rows)
    {
        TestPredictions predictions = rows.Predictions;
        double[] shares = ClassMetrics.TrainingShares(rows);
        yield return ClassMetrics.Accuracy(predictions, majority: Array.IndexOf(shares, shares.Max()));
        yield return new(
            MetricNames.MacroAccuracy, counts => MeanOfClasses(counts, predictions, shares.Length, (both, actual, _) => both / actual))
        {
            Baseline = 1.0 / shares.Length,
        };
        yield return new("Macro F1", counts => MeanOfClasses(
            counts, predictions, shares.Length, (both, actual, predicted) => actual == 0 ? double.NaN : 2 * both / (actual + predicted)));
        yield return ClassMetrics.LogLoss(predictions, shares, MetricNames.LogLossNats, unit: 1);
        yield return new("Expected calibration error", Calibrate(predictions).ExpectedError) { HigherIsBetter = false, IsBiased = true };
    }

    internal override int OutputToExplain(TestPredictions predictions, int row) => predictions.Predicted[row];

    internal override string? FindLeak(double[] values, ReportRows rows) => LabelLeak.OfClasses(values, rows);

    internal override string? FindLeak(int[] values, ReportRows rows) => LabelLeak.OfClassesByCategory(values, rows);

    internal override string Describe(ReportContent content) =>
        $"Classifies {content.Settings.LabelName} into {content.ClassCount} classes";

    internal override void WriteResults(ReportPage page, ScoredRows rows, ReportContent? content)
    {
        page.BeginFigures();
        ConfusionFigure.Write(page, rows);
        ClassFigure.Write(page, rows);
        RankingFigures.Write(page, rows, "Each class against all others");
        CalibrationFigure.Write(
            page, Calibrate(rows.Predictions), "probability of the predicted class", "share that are right");
        if (content?.Settings.Sets is { } sets)
            SetFigure.Write(page, rows, sets);
        page.EndFigures();
    }

    /// <summary>The calibration of the classes that are predicted.</summary>
    private static Calibration Calibrate(TestPredictions predictions) => new(
        [.. predictions.Predicted.Select((each, row) => predictions.Probability(row, each))],
        [.. predictions.Predicted.Select((each, row) => each == predictions.Actual[row])]);

    /// <summary>The mean of a figure over the classes that occur. It is given three counts of rows: of the class and predicted as it, of
    /// the class, predicted as it.</summary>
    private static double MeanOfClasses(
        int[] counts, TestPredictions predictions, int classCount, Func<double, double, double, double> figure)
    {
        double[] both = new double[classCount], actual = new double[classCount], predicted = new double[classCount];
        for (int row = 0; row < counts.Length; row++)
        {
            actual[predictions.Actual[row]] += counts[row];
            predicted[predictions.Predicted[row]] += counts[row];
            if (predictions.Actual[row] == predictions.Predicted[row])
                both[predictions.Actual[row]] += counts[row];
        }
        return Enumerable.Range(0, classCount).Select(each => figure(both[each], actual[each], predicted[each]))
            .Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }
}
