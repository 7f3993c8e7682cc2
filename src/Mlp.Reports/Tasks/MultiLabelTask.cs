using Mlp.MLNet;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Metrics;
using Mlp.Reports.Tasks;
using Mlp.Reports.Writing;

namespace Mlp.Reports;

/// <summary>Which of several labels apply: one output per label. Targets are 0 or 1.</summary>
public sealed class MultiLabelTask : PredictionTask
{
    internal override bool IsTaskOf(MlpTransformerBase transformer) => transformer is MlpMultiLabelTransformer;

    internal override bool IsTaskOf(OutputLink link, int outputCount, int? targetCount) =>
        link == OutputLink.Sigmoid && outputCount > 1 && targetCount != 1;

    /// <summary>The mean over the labels of each row.</summary>
    internal override double[] RowLosses(TestPredictions predictions, double[] values) =>
        [.. Enumerable.Range(0, predictions.RowCount).Select(row => Enumerable.Range(0, predictions.OutputCount).Average(label =>
            TestPredictions.LogLoss(values[row * predictions.OutputCount + label], predictions.Target(row, label) > 0)))];

    internal override IEnumerable<MetricDefinition> Metrics(ScoredRows rows)
    {
        TestPredictions predictions = rows.Predictions;
        int outputCount = predictions.OutputCount, rowCount = predictions.RowCount;
        bool[] actual = Applies(predictions), predicted = [.. predictions.Values.Select(value => value > 0.5)];
        double[] wrong = [.. Enumerable.Range(0, rowCount).Select(row =>
            Enumerable.Range(row * outputCount, outputCount).Count(index => actual[index] != predicted[index]) / (double)outputCount)];
        double[] right = [.. wrong.Select(each => each == 0 ? 1.0 : 0)];
        yield return new("All labels right", counts => RowStatistics.Mean(counts, right)) { RowsOfShare = rowCount };
        yield return new("Hamming loss", counts => RowStatistics.Mean(counts, wrong)) { HigherIsBetter = false };
        yield return new("Micro F1", counts => RowStatistics.F1(counts, actual, predicted, outputCount));
        double[] losses = predictions.RowLosses(predictions.Values);
        yield return new("Log-loss (nats per label)", counts => RowStatistics.Mean(counts, losses))
        {
            HigherIsBetter = false,
            IsShare = false,
        };
    }

    internal override string ImportanceUnit(int outputCount) => "rise of the log-loss in nats per label";

    internal override int OutputToExplain(TestPredictions predictions, int row) => predictions.WorstOutput(row);

    internal override string OutcomeOf(ReportContent content, int row, int output)
    {
        TestPredictions predictions = content.Predictions!;
        string truth = predictions.Target(row, output) > 0 ? "applies" : "does not apply";
        return $"{content.OutputNames[output]} {truth}, predicted with {Texts.Percent(predictions.Value(row, output))}";
    }

    /// <summary>Returns null: several labels are not checked.</summary>
    internal override string? FindLeak(double[] values, ReportRows rows) => null;

    /// <inheritdoc cref="FindLeak(double[], ReportRows)"/>
    internal override string? FindLeak(int[] values, ReportRows rows) => null;

    internal override bool CanBeDrawn(int outputCount) => false;

    internal override string Describe(ReportContent content) =>
        $"Predicts which of {content.OutputNames.Count} labels apply ({content.Settings.LabelName})";

    internal override void WriteResults(ReportPage page, ScoredRows rows, ReportContent? content)
    {
        TestPredictions predictions = rows.Predictions;
        LabelTable.Write(page, rows);
        page.BeginFigures();
        RankingFigures.Write(page, rows, "Each label by itself");
        CalibrationFigure.Write(
            page, new Calibration(predictions.Values, Applies(predictions)), "predicted probability of a label", "share that apply");
        page.EndFigures();
    }

    /// <summary>Whether each label applies to each row, [rows x labels].</summary>
    private static bool[] Applies(TestPredictions predictions) => [.. Enumerable.Range(0, predictions.Values.Length).Select(
        index => predictions.Target(index / predictions.OutputCount, index % predictions.OutputCount) > 0)];
}
