using Mlp.MLNet;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Metrics;
using Mlp.Reports.Tasks;
using Mlp.Reports.Writing;

namespace Mlp.Reports;

/// <summary>One of two classes: one output, whose link is the sigmoid. Targets are 0 or 1.</summary>
public sealed class BinaryTask : PredictionTask
{
    private const double RareShare = 0.05;

    internal override bool IsTaskOf(MlpTransformerBase transformer) => transformer is MlpBinaryTransformer;

    internal override bool IsTaskOf(OutputLink link, int outputCount, int? targetCount) => link == OutputLink.Sigmoid && outputCount == 1;

    internal override int CountClasses(int outputCount) => 2;

    /// <summary>The output is the probability of the second class.</summary>
    internal override int NameIndexOf(int output) => 1;

    internal override void CheckOutputs(int outputCount)
    {
        if (outputCount != 1)
            throw new ArgumentException($"The model has {outputCount} outputs; a binary one has 1.", nameof(ReportSettings.Task));
    }

    /// <summary>In bits, as ML.NET has it for two classes.</summary>
    internal override double[] RowLosses(TestPredictions predictions, double[] values) =>
        [.. values.Select((value, row) => TestPredictions.LogLoss(value, predictions.Actual[row] == 1) / Math.Log(2))];

    internal override string ImportanceUnit(int outputCount) => "rise of the log-loss in bits";

    internal override IEnumerable<MetricDefinition> Metrics(ScoredRows rows)
    {
        TestPredictions predictions = rows.Predictions;
        double[] shares = ClassMetrics.TrainingShares(rows), probabilities = predictions.Values;
        bool[] actual = Applies(predictions), predicted = [.. predictions.Predicted.Select(each => each == 1)];
        var ranked = new RankedScores(probabilities, actual);
        yield return ClassMetrics.Accuracy(predictions, majority: shares[1] > shares[0] ? 1 : 0);
        yield return new(MetricNames.AreaUnderRoc, ranked.AreaUnderRoc) { Baseline = 0.5 };
        yield return new(MetricNames.AreaUnderPrecisionRecall, ranked.AreaUnderPrecisionRecall)
        {
            Baseline = actual.Count(each => each) / (double)predictions.RowCount,
        };
        yield return new(MetricNames.F1, counts => RowStatistics.F1(counts, actual, predicted));
        yield return new("Precision", counts => RowStatistics.Share(counts, row => predicted[row], row => actual[row]))
        {
            RowsOfShare = predicted.Count(each => each),
        };
        yield return new("Recall", counts => RowStatistics.Share(counts, row => actual[row], row => predicted[row]))
        {
            RowsOfShare = actual.Count(each => each),
        };
        yield return ClassMetrics.LogLoss(predictions, shares, MetricNames.LogLossBits, unit: Math.Log(2));
        double[] squares = [.. probabilities.Select((p, row) => Math.Pow(p - (actual[row] ? 1 : 0), 2))];
        yield return new("Brier score", counts => RowStatistics.Mean(counts, squares))
        {
            HigherIsBetter = false,
            IsShare = false,
            Baseline = actual.Average(each => Math.Pow(shares[1] - (each ? 1 : 0), 2)),
        };
        yield return new("Expected calibration error", new Calibration(probabilities, actual).ExpectedError)
        {
            HigherIsBetter = false,
            IsBiased = true,
        };
    }

    internal override int OutputToExplain(TestPredictions predictions, int row) => 0;

    internal override string? FindLeak(double[] values, ReportRows rows) => LabelLeak.OfClasses(values, rows);

    internal override string? FindLeak(int[] values, ReportRows rows) => LabelLeak.OfClassesByCategory(values, rows);

    internal override string? WarnOf(ReportContent content, int[] rowsOfClasses)
    {
        int least = rowsOfClasses.Min(), rowCount = rowsOfClasses.Sum();
        return least == 0 || least >= RareShare * rowCount ? null
            : $"Class {content.OutputNames[rowsOfClasses[1] < rowsOfClasses[0] ? 1 : 0]} is rare ({100.0 * least / rowCount:F1} % of the "
                + "test rows): accuracy says little, precision and recall say more.";
    }

    internal override string Describe(ReportContent content) =>
        $"Classifies {content.Settings.LabelName} as {content.OutputNames[0]} or {content.OutputNames[1]}";

    internal override void WriteResults(ReportPage page, ScoredRows rows, ReportContent? content)
    {
        TestPredictions predictions = rows.Predictions;
        string positive = rows.OutputNames[1];
        page.BeginFigures();
        ConfusionFigure.Write(page, rows);
        if (content is not null)
            ThresholdFigure.Write(page, rows, content.Settings.Threshold);
        RankingFigures.Write(page, rows, $"{positive} is the positive class");
        GainsFigure.Write(page, rows);
        CalibrationFigure.Write(
            page, new Calibration(predictions.Values, Applies(predictions)), $"predicted probability of {positive}",
            $"share that are {positive}");
        if (content?.Settings.Sets is { } sets)
            SetFigure.Write(page, rows, sets);
        page.EndFigures();
    }

    /// <summary>Whether each row is of the second class.</summary>
    private static bool[] Applies(TestPredictions predictions) => [.. predictions.Actual.Select(actual => actual == 1)];
}
