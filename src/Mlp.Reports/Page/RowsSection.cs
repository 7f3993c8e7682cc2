using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>Why some rows are predicted as they are: those with the largest, the median and the smallest errors.</summary>
internal static class RowsSection
{
    private const int MaxBars = 8;

    public static void Write(ReportPage page, ReportContent content)
    {
        page.Paragraph(
            "What each column adds to a row's score, from the score of an average "
            + $"{(content.Train is { RowCount: > 0 } ? "training" : "test")} row to its own (integrated gradients). The score is "
            + $"{content.Task.ScoreName}; the bars add up to the difference.");
        page.BeginFigures();
        foreach (ExplainedRow row in ExplainedRow.Choose(content))
            WriteRow(page, content, row);
        page.EndFigures();
    }

    private static void WriteRow(ReportPage page, ReportContent content, ExplainedRow row)
    {
        (string Name, string Ending, double Value)[] bars = [.. row.Contributions.Take(MaxBars).Select(
            each => (each.Column.Name, $" = {Texts.Fit(each.Value, 80, Chart.FontSize)}", each.Contribution))];
        if (row.Contributions.Count > MaxBars)
        {
            var rest = row.Contributions.Skip(MaxBars).ToArray();
            bars = [.. bars, (Texts.Plural(rest.Length, "other column"), "", rest.Sum(each => each.Contribution))];
        }
        string[][] contributions =
            [.. row.Contributions.Select(each => (string[])[each.Column.Name, each.Value, Texts.Signed(each.Contribution)])];
        page.Figure(
            $"{row.Why}: {row.Outcome}",
            $"The score of {row.OutputName} goes from {Texts.Short(row.Explanation.BaselineScore)} to "
            + $"{Texts.Short(row.Explanation.Score)}: blue bars raise it, orange bars lower it.",
            (markup, id) =>
            {
                var chart = new BarChart(
                    markup, id, row.Outcome,
                    $"The largest contribution is that of {bars[0].Name}{bars[0].Ending}, {Texts.Signed(bars[0].Value)}", bars.Length,
                    $"added to the score of {row.OutputName}",
                    Math.Min(0, bars.Min(bar => bar.Value)), Math.Max(bars.Max(bar => bar.Value), bars.All(bar => bar.Value == 0) ? 1 : 0),
                    hasNegative: bars.Any(bar => bar.Value < 0));
                for (int index = 0; index < bars.Length; index++)
                    chart.Add(
                        index, bars[index].Name, bars[index].Ending, bars[index].Value, Texts.Signed(bars[index].Value),
                        bars[index].Value >= 0 ? "f0 soft" : "f1 soft");
                chart.End();
            },
            new ReportTable("All columns", ["Column", "Value", "Contribution"], contributions) { TextColumns = 2 });
    }
}
