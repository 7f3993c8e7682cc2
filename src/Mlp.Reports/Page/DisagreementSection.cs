using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>What the networks of a model disagree about: how often they are wrong there, in which columns such rows differ, and the
/// rows.</summary>
internal static class DisagreementSection
{
    private const int MaxRows = 10, MaxColumns = 8;
    private static readonly string[] Fifths = ["most apart", "second fifth", "third fifth", "fourth fifth", "most alike"];

    public static void Write(ReportPage page, ReportContent content, Disagreement disagreement)
    {
        bool isNumber = content.Task.PredictsNumbers;
        Func<double, string> text = isNumber ? Texts.Short : Texts.Percent;
        page.Paragraph(
            $"The model averages {content.Model.Networks.Count} networks, which differ by chance alone. Where they predict alike, the "
            + "training rows left no choice; where they are apart, there were few rows like these, or contradicting ones. A row's spread "
            + $"is the standard deviation of its {content.Model.Networks.Count} predictions.");
        page.BeginFigures();
        WriteGroups(page, content, disagreement, text);
        WriteColumns(page, disagreement);
        page.EndFigures();
        new ReportTable(
            $"The {Math.Min(MaxRows, disagreement.Order.Length)} test rows with the largest spread",
            ["Outcome", "Lowest prediction", "Highest prediction", "Spread"],
            [.. disagreement.Order.Take(MaxRows).Select(row =>
            {
                (double low, double high, int output) = disagreement.RangeOf(row);
                return (string[])
                [
                    content.Task.OutcomeOf(content, row, output), text(low), text(high), text(disagreement.Spreads[row]),
                ];
            })]).Write(page.Markup);
    }

    private static void WriteGroups(ReportPage page, ReportContent content, Disagreement disagreement, Func<double, string> text)
    {
        bool areClasses = content.ClassCount > 0;
        string unit = areClasses ? "rows that are predicted wrongly"
            : content.Task.PredictsNumbers ? "root mean squared error" : "log-loss";
        Func<double, string> errorText = areClasses ? Texts.Percent : Texts.Short;
        (int Count, double MeanSpread, double Error)[] groups = [.. disagreement.Groups()];
        page.Figure(
            "Errors by spread", "Fifths of the test rows, by how far the networks are apart. Where the upper bars are much longer, the "
            + "spread tells which predictions to doubt.",
            (markup, id) =>
            {
                var bars = new BarChart(
                    markup, id, "Errors by spread",
                    $"{errorText(groups[0].Error)} where they are most apart, {errorText(groups[^1].Error)} where they are most alike",
                    groups.Length, unit, 0, Math.Max(groups.Max(group => group.Error), 1e-12), hasNegative: false);
                for (int index = 0; index < groups.Length; index++)
                    bars.Add(index, Fifths[index], "", groups[index].Error, errorText(groups[index].Error), "f0 soft");
                bars.End();
            },
            new ReportTable("Fifths of the test rows", ["Rows", "Count", "Mean spread", unit], [.. groups.Select((group, index) =>
                (string[])[Fifths[index], Texts.Count(group.Count), text(group.MeanSpread), errorText(group.Error)])]));
    }

    private static void WriteColumns(ReportPage page, Disagreement disagreement)
    {
        (string Column, string Here, string Elsewhere)[] columns = [.. disagreement.Columns().Take(MaxColumns)];
        if (columns.Length == 0)
            return;
        page.Figure(
            "Which rows these are", "The columns in which the fifth that is most apart differs from the other rows by more than three "
            + "standard errors, the clearest first.",
            (markup, _) => new ReportTable(
                "Values where the networks disagree", ["Column", "Most apart", "Other rows"],
                [.. columns.Select(each => (string[])[each.Column, each.Here, each.Elsewhere])]).Write(markup));
    }
}
