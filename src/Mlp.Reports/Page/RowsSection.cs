using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>Why some rows are predicted as they are: those with the largest, the median and the smallest errors.</summary>
internal static class RowsSection
{
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

    private static void WriteRow(ReportPage page, ReportContent content, ExplainedRow row) => ContributionFigure.Write(
        page, $"{row.Why}: {row.Outcome}", row.Outcome, row.OutputName, row.Explanation.BaselineScore, row.Explanation.Score,
        [.. row.Contributions.Select(each => (each.Column.Name, each.Value, each.Contribution))]);
}
