using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>Metrics with their intervals, and the figures that show where the errors are.</summary>
internal static class ResultsSection
{
    private const int MaxTargets = 4;

    public static void Write(ReportPage page, ReportContent content, ReportFindings findings)
    {
        page.Paragraph(
            "Computed on the test rows. An interval shows where the metric would probably lie on other rows like these. The last "
            + "column is the metric of a model without features, which knows only how often each label occurs in the training rows.");
        new ReportTable(
            "Metrics", ["Metric", "Value", "95 % interval", "Method", "Better", "Without features"],
            [.. findings.Metrics.Select(metric => (string[])
            [
                metric.Name, Texts.Of(metric, metric.Value), $"{Texts.Of(metric, metric.Low)} to {Texts.Of(metric, metric.High)}",
                metric.Method,
                metric.HigherIsBetter ? "higher" : "lower", metric.Baseline is double baseline ? Texts.Of(metric, baseline) : "",
            ])]).Write(page.Markup);
        if (content.Task == PredictionTask.MultiLabel)
            LabelTable.Write(page, content);
        page.BeginFigures();
        TestPredictions predictions = content.Predictions!;
        if (content.ClassCount > 0)
            ConfusionFigure.Write(page, content);
        if (content.Task == PredictionTask.Regression)
        {
            for (int target = 0; target < Math.Min(MaxTargets, predictions.OutputCount); target++)
            {
                ResidualFigures.WritePredicted(page, content, target);
                ResidualFigures.WriteHistogram(page, content, target);
            }
        }
        else
        {
            RankingFigures.Write(page, content);
            CalibrationFigure.Write(page, content);
        }
        page.EndFigures();
        if (content.Task == PredictionTask.Regression && predictions.OutputCount > MaxTargets)
            page.Paragraph($"The figures show the first {MaxTargets} of {predictions.OutputCount} numbers.");
    }
}
