using Mlp.Data;
using Mlp.Reports.Content;
using Mlp.Reports.Figures;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Page;

/// <summary>The columns, and the distribution of the label.</summary>
internal static class DataSection
{
    private const int MaxColumns = 60, MaxClasses = 12;

    public static void Write(ReportPage page, ReportContent content, ReportFindings findings)
    {
        ReportRows rows = content.Train is { RowCount: > 0 } train ? train : content.Test!;
        string purpose = rows == content.Train ? "training" : "test";
        page.Paragraph(rows.IsSample
            ? $"Computed on a random sample of {Texts.Count(rows.RowCount)} of {Texts.Count(rows.TotalRowCount)} {purpose} rows."
            : $"Computed on {Texts.Plural(rows.RowCount, $"{purpose} row")}.");
        page.BeginFigures();
        if (content.Task.PredictsNumbers)
            WriteTargets(page, content, rows);
        else
            WriteClasses(page, content, rows);
        page.EndFigures();
        if (findings.Columns.Count > 0)
            WriteColumns(page, findings.Columns);
    }

    private static void WriteClasses(ReportPage page, ReportContent content, ReportRows rows)
    {
        var counts = new double[content.OutputNames.Count];
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (content.ClassCount > 0)
                counts[ReportContent.ClassOf(rows.Targets[row])]++;
            for (int label = 0; label < counts.Length && content.ClassCount == 0; label++)
                counts[label] += rows.Targets[row][label];
        }
        (string Name, double Count)[] all = [.. content.OutputNames.Zip(counts).OrderByDescending(pair => pair.Second)];
        (string Name, double Count)[] shown = [.. all.Take(MaxClasses)];
        page.Figure(
            shown.Length == all.Length ? $"Rows by {content.Settings.LabelName}"
                : $"Rows by {content.Settings.LabelName}: the {shown.Length} most common of {all.Length}",
            "Rare classes and labels are hard to learn, and metrics about them are uncertain.",
            (markup, id) =>
            {
                var bars = new BarChart(
                    markup, id, $"Rows by {content.Settings.LabelName}", $"Most common: {shown[0].Name}, {Texts.Count(shown[0].Count)}",
                    shown.Length, "rows", 0, Math.Max(1, shown[0].Count), hasNegative: false);
                for (int index = 0; index < shown.Length; index++)
                    bars.Add(
                        index, shown[index].Name, "", shown[index].Count, Texts.Percent(shown[index].Count / rows.RowCount), "f0 soft");
                bars.End();
            },
            new ReportTable("All", ["Name", "Rows", "Share"], [.. all.Select(
                each => (string[])[each.Name, Texts.Count(each.Count), Texts.Percent(each.Count / rows.RowCount)])]));
    }

    private static void WriteTargets(ReportPage page, ReportContent content, ReportRows rows)
    {
        for (int target = 0; target < Math.Min(2, rows.Targets.RowLength); target++)
        {
            double[] values = [.. Enumerable.Range(0, rows.RowCount).Select(row => rows.Targets[row][target]).Order()];
            string name = content.OutputNames[target];
            var axis = Axis.Around(name, values, room: 0);
            page.Figure(
                $"Rows by {name}", "Where there are few rows, predictions are less certain.",
                (markup, id) =>
                {
                    var chart = new Chart(markup, id, $"Rows by {name}", $"From {Texts.Short(values[0])} to {Texts.Short(values[^1])}");
                    Histogram.Draw(chart, axis, values);
                    chart.End();
                },
                new ReportTable("Summary", ["", "Value"],
                [
                    ["lowest", Texts.Short(values[0])], ["mean", Texts.Short(values.Average())],
                    ["median", Texts.Short(RobustStatistics.Quantile<double>(values, 0.5))], ["highest", Texts.Short(values[^1])],
                ]));
        }
    }

    private static void WriteColumns(ReportPage page, IReadOnlyList<ColumnSummary> summaries)
    {
        Markup markup = page.Markup;
        markup.Leaf("h3", "Columns");
        page.Paragraph(
            (summaries.Count <= MaxColumns ? "" : $"The first {MaxColumns} of {Texts.Count(summaries.Count)} columns. ")
            + "The small drawing shows how often values occur between the lowest and the highest; "
            + "for a category, how often each of its values occurs.");
        markup.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", "Columns"), ("tabindex", "0"));
        markup.Open("table");
        markup.Leaf("caption", "Values of the columns, before any scaling");
        markup.Open("thead");
        markup.Open("tr");
        bool hasMissing = summaries.Any(summary => summary.MissingCount > 0);
        foreach ((string header, string style) in ((string, string)[])
            [
                ("Column", "text"), ("Kind", "text"), ("Values", "text"), ("Lowest", "number"), ("Median", "number"), ("Mean", "number"),
                ("Highest", "number"), .. hasMissing ? (IEnumerable<(string, string)>)[("Missing", "number")] : [], ("Notes", "text"),
            ])
        {
            markup.Leaf("th", header, ("scope", "col"), ("class", style));
        }
        markup.Close();
        markup.Close();
        markup.Open("tbody");
        foreach (ColumnSummary summary in summaries.Take(MaxColumns))
            WriteColumn(markup, summary, hasMissing);
        markup.Close();
        markup.Close();
        markup.CloseBlock();
    }

    private static void WriteColumn(Markup markup, ColumnSummary summary, bool hasMissing)
    {
        markup.Open("tr");
        markup.Leaf("th", summary.Column.Name, ("scope", "row"), ("class", "text"));
        markup.Leaf("td", summary.Kind, ("class", "text"));
        markup.Open("td");
        WriteSpark(markup, summary.Histogram());
        markup.Close();
        string[] numbers = summary.IsGroup ? ["", "", "", ""]
            : [Texts.Short(summary.Minimum), Texts.Short(summary.Median), Texts.Short(summary.Mean), Texts.Short(summary.Maximum)];
        foreach (string number in hasMissing ? [.. numbers, Texts.Count(summary.MissingCount)] : numbers)
            markup.Leaf("td", number, ("class", "number"));
        markup.Leaf("td", string.Join("; ", summary.Notes), ("class", "text"));
        markup.Close();
    }

    /// <summary>A histogram without axes; the numbers are in the cells beside it.</summary>
    private static void WriteSpark(Markup markup, double[] counts)
    {
        const double Width = 96, Height = 22;
        double most = Math.Max(1, counts.Max()), width = Width / counts.Length;
        markup.OpenDrawing(
            ("class", "spark"), ("viewBox", $"0 0 {Markup.Number(Width)} {Markup.Number(Height)}"), ("aria-hidden", "true"),
            ("focusable", "false"));
        for (int bin = 0; bin < counts.Length; bin++)
        {
            double height = counts[bin] == 0 ? 0 : Math.Max(1, (Height - 2) * counts[bin] / most);
            markup.Empty(
                "rect", ("class", "f0 soft"), ("x", Markup.Number(bin * width)), ("y", Markup.Number(Height - height)),
                ("width", Markup.Number(Math.Max(0.5, width - 0.6))),
                ("height", Markup.Number(height)));
        }
        markup.Close();
    }
}
