using Mlp.Reports.Content;
using Mlp.Reports.Findings;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>What the model predicts on average for each value of a column: a curve for numbers, bars for categories, divided
/// where there are several classes.</summary>
internal static class DependenceFigure
{
    private const int MaxSeries = 6;

    /// <param name="page">To write to.</param>
    /// <param name="content">Names of columns and outputs.</param>
    /// <param name="dependence">Of one column.</param>
    /// <param name="all">Of all columns that are drawn: they have the same scale.</param>
    public static void Write(ReportPage page, ReportContent content, PartialDependence dependence, IReadOnlyList<PartialDependence> all)
    {
        int outputCount = content.Model.Network.OutputCount, shownCount = Math.Min(MaxSeries, outputCount);
        string[] outputs = [.. content.OutputNames.Skip(content.Task.NameIndexOf(0)).Take(shownCount)];
        bool isNumber = content.Task.PredictsNumbers;
        Func<double, string> text = isNumber ? Texts.Short : Texts.Percent;
        string quantity = isNumber ? $"mean predicted {content.Settings.LabelName}"
            : outputs.Length == 1 ? $"mean probability of {outputs[0]}" : "mean probability";
        string limit = shownCount < outputCount ? $" The first {shownCount} of {outputCount} are shown." : "";
        var numbers = new ReportTable(
            quantity, [dependence.Column.Name, .. outputs], [.. dependence.Values.Select((value, index) => (string[])
            [
                dependence.IsCategory ? value.Name : Texts.Short(value.Value),
                .. Enumerable.Range(0, shownCount).Select(output => text(dependence.Means[index * outputCount + output])),
            ])]);
        double[] means = [.. all.SelectMany(each => Enumerable.Range(0, each.Values.Count).SelectMany(
            value => each.Means.Skip(value * outputCount).Take(shownCount)))];
        if (dependence.IsCategory && shownCount > 1 && content.ClassCount > 0)
        {
            page.Figure(
                dependence.Column.Name,
                $"The mean prediction if all rows had this value, divided among the classes; the most common value first.{limit}",
                (markup, id) => DrawShares(markup, id, dependence, outputs, outputCount), numbers);
        }
        else if (dependence.IsCategory && shownCount > 1)
        {
            page.Figure(
                dependence.Column.Name, $"The mean prediction if all rows had this value.{limit}", (markup, _) => numbers.Write(markup));
        }
        else if (dependence.IsCategory)
        {
            page.Figure(
                dependence.Column.Name, "The mean prediction if all rows had this value; the most common value first.",
                (markup, id) => DrawBars(markup, id, dependence, quantity, text, means), numbers);
        }
        else
        {
            Axis y = isNumber ? Axis.Around(quantity, means) : new Axis(quantity, 0, 1) { IsShare = true };
            page.Figure(
                dependence.Column.Name,
                $"The mean prediction if all rows had this value. The strokes at the bottom are twentieths of the rows.{limit}",
                (markup, id) => DrawCurve(markup, id, dependence, outputs, outputCount, y), numbers);
        }
    }

    private static void DrawBars(
        Markup markup, string id, PartialDependence dependence, string quantity, Func<double, string> text, double[] all)
    {
        int most = Array.IndexOf(dependence.Means, dependence.Means.Max());
        double lowest = Math.Min(0, all.Min()), highest = Math.Max(0, all.Max());
        var bars = new BarChart(
            markup, id, dependence.Column.Name, $"Highest for {dependence.Values[most].Name}, {text(dependence.Means[most])}",
            dependence.Values.Count, quantity, lowest, lowest == highest ? 1 : highest, hasNegative: lowest < 0);
        for (int index = 0; index < dependence.Values.Count; index++)
            bars.Add(index, dependence.Values[index].Name, "", dependence.Means[index], text(dependence.Means[index]), "f0 soft");
        bars.End();
    }

    private static void DrawShares(Markup markup, string id, PartialDependence dependence, string[] outputs, int outputCount)
    {
        double[][] shares = [.. Enumerable.Range(0, dependence.Values.Count)
            .Select(value => dependence.Means.Skip(value * outputCount).Take(outputs.Length).ToArray())];
        int most = Enumerable.Range(0, shares.Length).MaxBy(value => shares[value][0]);
        ShareChart.Draw(
            markup, id, dependence.Column.Name,
            $"{outputs[0]} is likeliest for {dependence.Values[most].Name}, {Texts.Percent(shares[most][0])}",
            [.. dependence.Values.Select(value => value.Name)], outputs, shares);
    }

    private static void DrawCurve(
        Markup markup, string id, PartialDependence dependence, string[] outputs, int outputCount, Axis y)
    {
        double[] xs = [.. dependence.Values.Select(each => each.Value)];
        var chart = new Chart(
            markup, id, dependence.Column.Name,
            $"{y.Label} from {Texts.Short(dependence.Means[0])} at {Texts.Short(xs[0])} to "
            + $"{Texts.Short(dependence.Means[^outputCount])} at {Texts.Short(xs[^1])}");
        double room = outputs.Length == 1 ? 14
            : Math.Clamp(12 + outputs.Max(name => Texts.Width(name, Chart.FontSize)), 40, 110);
        chart.Frame(Axis.Around(dependence.Column.Name, xs), y, room);
        foreach (double x in xs)
            chart.Segment(chart.X(x), chart.Bottom - 6, chart.X(x), chart.Bottom, "axis");
        for (int series = 0; series < outputs.Length; series++)
        {
            chart.Line(
                xs.Select((x, index) => (chart.X(x), chart.Y(dependence.Means[index * outputCount + series]))), $"s{series}",
                outputs.Length == 1 ? "" : outputs[series]);
        }
        if (outputs.Length > 1)
        {
            chart.EndLabels([.. outputs.Select((name, series) =>
                (dependence.Means[(xs.Length - 1) * outputCount + series], name, $"t{series}"))]);
        }
        chart.End();
    }
}
