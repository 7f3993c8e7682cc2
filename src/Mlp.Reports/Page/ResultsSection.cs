using Mlp.Reports.Content;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>Metrics with their intervals, and the figures that show where the errors are.</summary>
internal static class ResultsSection
{
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
        content.Task.WriteResults(page, content.Scored!, content);
    }
}
