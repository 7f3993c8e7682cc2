using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>How much worse the predictions get without each column: bars with the spread over the permutations.</summary>
internal static class ImportanceSection
{
    private const int MaxBars = 15;

    public static void Write(ReportPage page, ReportContent content, ReportFindings findings)
    {
        string unit = content.Task.ImportanceUnit(content.Model.Network.OutputCount);
        FeatureImportance[] shown = [.. findings.Importances.Take(MaxBars)];
        page.Paragraph(
            "Shuffling a column among the rows removes what it tells the model. The bars show how much worse the predictions get, on "
            + $"{Texts.Plural(PermutationImportance.RowCountOf(content), "test row")} and over {content.Settings.NumberOfPermutations} "
            + $"permutations (seed {content.Settings.Seed}). Columns with the same information replace each other, so both can look "
            + "unimportant.");
        page.BeginFigures();
        page.Figure(
            shown.Length == findings.Importances.Count ? "Permutation importance"
                : $"Permutation importance: the first {shown.Length} of {findings.Importances.Count} columns",
            "Longer bars are more important columns; the thin line is one standard deviation to either side.",
            (markup, id) => Draw(markup, id, shown, unit),
            new ReportTable($"All columns: {unit}", ["Column", "Mean", "Standard deviation"], [.. findings.Importances.Select(importance =>
                (string[])[importance.Name, Texts.Signed(importance.Mean), Texts.Short(importance.Deviation)])]));
        page.EndFigures();
        WriteDependences(page, content, [.. PartialDependence.Of(content, findings.Importances)]);
    }

    private static void WriteDependences(ReportPage page, ReportContent content, PartialDependence[] dependences)
    {
        if (dependences.Length == 0)
            return;
        page.Markup.Leaf("h3", "How predictions change with a column");
        page.Paragraph(
            "Partial dependence: one column is set to a value in all rows, the others stay as they are. Where columns belong together, "
            + "some of these rows can be ones that never occur.");
        page.BeginFigures();
        foreach (PartialDependence dependence in dependences)
            DependenceFigure.Write(page, content, dependence, dependences);
        page.EndFigures();
    }

    private static void Draw(Markup markup, string id, FeatureImportance[] importances, string unit)
    {
        double highest = importances.Max(importance => importance.Mean + importance.Deviation);
        var bars = new BarChart(
            markup, id, "Permutation importance", $"Most important: {importances[0].Name}, {Texts.Signed(importances[0].Mean)}",
            importances.Length, unit,
            Math.Min(0, importances.Min(importance => importance.Mean - importance.Deviation)), Math.Max(highest, 1e-12),
            hasNegative: importances.Any(importance => importance.Mean < 0));
        for (int index = 0; index < importances.Length; index++)
        {
            FeatureImportance each = importances[index];
            bars.Add(
                index, each.Name, "", each.Mean, Texts.Signed(each.Mean), "f0 soft",
                (each.Mean - each.Deviation, each.Mean + each.Deviation));
        }
        bars.End();
    }
}
