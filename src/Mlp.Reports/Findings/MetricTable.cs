using Mlp.Reports.Content;
using Mlp.Reports.Metrics;

namespace Mlp.Reports.Findings;

/// <summary>The metrics of a task on the test rows, with their intervals.</summary>
internal static class MetricTable
{
    /// <param name="content">Has predictions.</param>
    public static IReadOnlyList<ReportMetric> Create(ReportContent content)
    {
        int rowCount = content.Predictions!.RowCount;
        MetricDefinition[] metrics = [.. content.Task.Metrics(content.Scored!)];
        int[] all = [.. Enumerable.Repeat(1, rowCount)];
        MetricDefinition[] bootstrapped = [.. metrics.Where(metric => metric.RowsOfShare is null)];
        (double, double)[] intervals = ConfidenceIntervals.Bootstrap(
            rowCount, [.. bootstrapped.Select(metric => metric.Compute)], [.. bootstrapped.Select(metric => metric.IsBiased)],
            content.Settings.Seed, content.Settings.CancellationToken);
        return [.. metrics.Select(metric =>
        {
            double value = metric.Compute(all);
            (double low, double high) = metric.RowsOfShare is { } rows
                ? ConfidenceIntervals.Wilson(value * rows, rows) : intervals[Array.IndexOf(bootstrapped, metric)];
            return new ReportMetric(
                metric.Name, value, low, high, metric.RowsOfShare is null ? "bootstrap" : "Wilson", metric.Baseline, metric.IsShare,
                metric.HigherIsBetter)
            {
                Unit = metric.IsInLabelUnit ? content.Settings.LabelUnit : "",
            };
        })];
    }
}
