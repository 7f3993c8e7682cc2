using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>The page of two models on the same rows: one file with one script, nothing loaded.</summary>
internal static class ComparisonDocument
{
    private const double Quantile975 = 1.96;

    /// <param name="title">Of the page.</param>
    /// <param name="lead">On which rows.</param>
    /// <param name="comparison">What is shown.</param>
    /// <param name="notes">What the reader should know, a sentence each; may be empty.</param>
    public static string Write(string title, string lead, ModelComparison comparison, IReadOnlyList<string> notes) => TitledPage.Write(
        title, PageScript.Policy, StyleSheet.Pair,
        markup => markup.Leaf("p", lead, ("class", "lead")),
        page => WriteMain(page, comparison, notes),
        markup =>
        {
            WriteFooter(markup, comparison);
            PageScript.Write(markup);
        });

    private static void WriteMain(ReportPage page, ModelComparison comparison, IReadOnlyList<string> notes)
    {
        Markup markup = page.Markup;
        page.BeginSection("verdict", "Which is better");
        page.Paragraph(comparison.Verdict, "better");
        foreach (string note in notes)
            page.Paragraph(note);
        WriteMetrics(page, comparison);
        WriteFigures(page, comparison);
        page.EndSection();
        markup.Open("div", ("class", "pair"));
        page.BeginSection("first", comparison.FirstName);
        comparison.First.Task.WriteResults(page, comparison.First, content: null);
        page.EndSection();
        page.BeginSection("second", comparison.SecondName);
        comparison.Second.Task.WriteResults(page, comparison.Second, content: null);
        page.EndSection();
        markup.CloseBlock();
    }

    private static void WriteMetrics(ReportPage page, ModelComparison comparison)
    {
        page.Paragraph(
            "Both models predict the same rows, so a row that is hard for both blurs neither: the error is that of the difference. An "
            + "interval that holds 0 means that other rows like these could as well turn it round. Differences of percentages are in "
            + "percentage points.");
        new ReportTable(
            "Metrics", ["Metric", comparison.FirstName, comparison.SecondName, "Difference", "Standard error", "95 % interval", "Better"],
            [.. comparison.Differences.Select(each => (string[])
            [
                each.Metric.Name, Of(each.Metric, each.First), Of(each.Metric, each.Second), Of(each.Metric, each.Difference),
                Of(each.Metric, each.StandardError), $"{Of(each.Metric, each.Low)} to {Of(each.Metric, each.High)}",
                !each.IsBeyondNoise ? "no difference beyond noise" : each.IsSecondBetter ? comparison.SecondName : comparison.FirstName,
            ])]).Write(page.Markup);
    }

    private static void WriteFigures(ReportPage page, ModelComparison comparison)
    {
        page.BeginFigures();
        page.Figure(
            "Differences in their standard errors",
            $"To the right {comparison.SecondName} is better, to the left {comparison.FirstName}. The thin line is the 95\u202F% interval "
            + "of a normal distribution: where it crosses 0, chance alone may be the reason.",
            (markup, id) => DrawDifferences(markup, id, comparison.Differences));
        page.Figure(
            "Row by row", "Models that are right about different rows may be better together than each of them alone.",
            (markup, _) => new ReportTable("Of all rows", ["", "Rows", "Share"], [.. comparison.RowByRow().Select(each =>
                (string[])[each.Name, Texts.Count(each.Count), Texts.Percent(each.Count / (double)comparison.RowCount)])]).Write(markup));
        page.EndFigures();
    }

    private static void DrawDifferences(Markup markup, string id, IReadOnlyList<MetricDifference> differences)
    {
        MetricDifference most = differences.MaxBy(each => Math.Abs(each.Strength))!;
        var bars = new BarChart(
            markup, id, "Differences in their standard errors",
            $"The clearest difference is that of {most.Metric.Name}, {Texts.Signed(most.Strength)} standard errors", differences.Count,
            "standard errors of the difference",
            Math.Min(0, differences.Min(each => each.Strength)) - Quantile975,
            Math.Max(0, differences.Max(each => each.Strength)) + Quantile975, hasNegative: true);
        for (int index = 0; index < differences.Count; index++)
        {
            MetricDifference each = differences[index];
            bars.Add(
                index, each.Metric.Name, "", each.Strength, Texts.Signed(each.Strength), each.IsBeyondNoise ? "f0 soft" : "f0 softer",
                (each.Strength - Quantile975, each.Strength + Quantile975));
        }
        bars.End();
    }

    private static void WriteFooter(Markup markup, ModelComparison comparison)
    {
        markup.Open("footer");
        markup.Leaf(
            "p",
            $"Standard errors and intervals are those of {Texts.Count(ConfidenceIntervals.ResampleCount(comparison.RowCount))} bootstrap "
            + $"samples of the rows (seed {comparison.Seed}), the same for both models; the same models, rows and seed give the same page. "
            + "The comparison is fair if neither model was trained on these rows, nor chosen by them.");
        markup.CloseBlock();
    }

    private static string Of(MetricDefinition metric, double value) => metric.IsShare ? Texts.Percent(value) : Texts.Short(value);
}
