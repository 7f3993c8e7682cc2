using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>Why some rows are predicted as they are: those with the largest, the median and the smallest errors as drawings, more of them
/// in a table that can be searched.</summary>
internal static class RowsSection
{
    private const int LeadingColumns = 5;

    public static void Write(ReportPage page, ReportContent content)
    {
        ExplainedRow[] rows = [.. ExplainedRow.Choose(content)];
        page.Paragraph(
            "What each column adds to a row's score, from the score of an average "
            + $"{(content.Train is { RowCount: > 0 } ? "training" : "test")} row to its own (integrated gradients). The score is "
            + $"{content.Task.ScoreName}; the bars add up to the difference.");
        WriteSearch(page.Markup);
        page.BeginFigures();
        foreach (ExplainedRow row in rows.Where(row => row.IsExample))
            WriteRow(page, row);
        page.EndFigures();
        page.Markup.Leaf("h3", "All rows explained");
        new ReportTable(
            $"{Texts.Plural(rows.Length, "row")} of {Texts.Count(content.Predictions!.RowCount)}, the largest errors first",
            ["Row", "Outcome", "Score", "What counts most"],
            [.. rows.OrderBy(row => row.Rank).Select(row => (string[])
            [
                row.Why, row.Outcome, Texts.Short(row.Explanation.Score), string.Join("; ", row.Contributions.Take(LeadingColumns).Select(
                    each => $"{each.Column.Name} = {each.Value} ({Texts.Signed(each.Contribution)})")),
            ])])
        {
            TextColumns = 4,
            Style = "explained",
        }.Write(page.Markup);
    }

    /// <summary>Hidden until the script runs.</summary>
    private static void WriteSearch(Markup markup)
    {
        markup.Open("div", ("class", "search"), ("hidden", "hidden"));
        markup.Leaf("label", "Search the rows explained ", ("for", "row-search"));
        markup.Empty(
            "input", ("type", "search"), ("id", "row-search"), ("autocomplete", "off"), ("placeholder", "a column, a value, a class"));
        markup.Leaf("span", "", ("role", "status"));
        markup.CloseBlock();
    }

    private static void WriteRow(ReportPage page, ExplainedRow row) => ContributionFigure.Write(
        page, $"{row.Why}: {row.Outcome}", row.Outcome, row.OutputName, row.Explanation.BaselineScore, row.Explanation.Score,
        [.. row.Contributions.Select(each => (each.Column.Name, each.Value, each.Contribution))]);
}
