using Mlp.Data;
using Mlp.MLNet;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports;

/// <summary>A number, or several: one output per number.</summary>
public sealed class RegressionTask : PredictionTask
{
    private const int MaxTargets = 4;

    internal override bool PredictsNumbers => true;

    internal override string ScoreName => "the predicted number";

    internal override bool IsTaskOf(MlpTransformerBase transformer) => transformer is MlpRegressionTransformer;

    internal override bool IsTaskOf(OutputLink link, int outputCount, int? targetCount) =>
        link is not (OutputLink.Sigmoid or OutputLink.Softmax);

    internal override string? NameOfOnly(ReportSettings settings) => settings.LabelName;

    internal override void CheckTargets(ReadOnlySpan<double> targets, int classCount)
    {
    }

    /// <summary>The squared error; with several numbers the sum of their squared errors, each divided by the variance of its
    /// targets.</summary>
    internal override double[] RowLosses(TestPredictions predictions, double[] values)
    {
        int outputCount = predictions.OutputCount;
        double[] scales = outputCount > 1 ? [.. ColumnStatistics.Compute(predictions.Targets).Deviations] : [1];
        return [.. Enumerable.Range(0, predictions.RowCount).Select(row => Enumerable.Range(0, outputCount).Sum(target =>
        {
            double error = scales[target] == 0 ? 0
                : (values[row * outputCount + target] - predictions.Target(row, target)) / scales[target];
            return error * error;
        }))];
    }

    internal override double LossWithoutFeatures(TestPredictions predictions)
    {
        double deviation = ColumnStatistics.Compute(predictions.Targets).Deviations[0];
        return deviation * deviation;
    }

    internal override IEnumerable<MetricDefinition> Metrics(ScoredRows rows) =>
        Enumerable.Range(0, rows.Predictions.OutputCount).SelectMany(target => MetricsOf(rows, target));

    internal override double ImportanceLoss(double meanLoss, int outputCount) => Math.Sqrt(meanLoss / outputCount);

    internal override string ImportanceUnit(int outputCount) => outputCount > 1
        ? "rise of the root mean squared error, in standard deviations of the numbers" : "rise of the root mean squared error";

    internal override int OutputToExplain(TestPredictions predictions, int row) => predictions.WorstOutput(row);

    internal override string OutcomeOf(ReportContent content, int row, int output)
    {
        TestPredictions predictions = content.Predictions!;
        string target = Texts.Short(predictions.Target(row, output)), value = Texts.Short(predictions.Value(row, output));
        return $"{(predictions.OutputCount > 1 ? content.OutputNames[output] + " " : "")}{target}, predicted {value}";
    }

    /// <summary>Returns null for several numbers, which are not checked.</summary>
    internal override string? FindLeak(double[] values, ReportRows rows) =>
        rows.Targets.RowLength > 1 ? null : LabelLeak.OfNumbers(values, rows);

    /// <inheritdoc cref="FindLeak(double[], ReportRows)"/>
    internal override string? FindLeak(int[] values, ReportRows rows) =>
        rows.Targets.RowLength > 1 ? null : LabelLeak.OfNumbersByCategory(values, rows);

    internal override bool CanBeDrawn(int outputCount) => outputCount == 1;

    internal override string Describe(ReportContent content) => content.OutputNames.Count == 1
        ? $"Predicts {content.Settings.LabelName}" : $"Predicts {content.OutputNames.Count} numbers ({content.Settings.LabelName})";

    internal override void WriteResults(ReportPage page, ScoredRows rows, ReportContent? content)
    {
        int outputCount = rows.Predictions.OutputCount;
        page.BeginFigures();
        for (int target = 0; target < Math.Min(MaxTargets, outputCount); target++)
        {
            ResidualFigures.WritePredicted(page, rows, target);
            ResidualFigures.WriteHistogram(page, rows, target);
            if (content?.Settings.Intervals is { } intervals)
                CoverageFigure.Write(page, content, intervals, target);
        }
        page.EndFigures();
        if (outputCount > MaxTargets)
            page.Paragraph($"The figures show the first {MaxTargets} of {outputCount} numbers.");
    }

    private static IEnumerable<MetricDefinition> MetricsOf(ScoredRows rows, int target)
    {
        TestPredictions predictions = rows.Predictions;
        double mean = Enumerable.Range(0, rows.Known.RowCount).Average(row => rows.Known[row][target]);
        double[] actual = [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Target(row, target))];
        double[] squares = [.. actual.Select((each, row) => Math.Pow(predictions.Value(row, target) - each, 2))];
        double[] absolutes = [.. squares.Select(Math.Sqrt)];
        string suffix = predictions.OutputCount == 1 ? "" : $" · {rows.OutputNames[target]}";
        yield return new("R²" + suffix, counts => 1 - RowStatistics.Mean(counts, squares) / RowStatistics.Variance(counts, actual))
        {
            IsShare = false,
            Baseline = 0,
        };
        yield return new("Root mean squared error" + suffix, counts => Math.Sqrt(RowStatistics.Mean(counts, squares)))
        {
            HigherIsBetter = false,
            IsShare = false,
            IsInLabelUnit = true,
            Baseline = Math.Sqrt(actual.Average(each => Math.Pow(each - mean, 2))),
        };
        yield return new("Mean absolute error" + suffix, counts => RowStatistics.Mean(counts, absolutes))
        {
            HigherIsBetter = false,
            IsShare = false,
            IsInLabelUnit = true,
            Baseline = actual.Average(each => Math.Abs(each - mean)),
        };
    }
}
