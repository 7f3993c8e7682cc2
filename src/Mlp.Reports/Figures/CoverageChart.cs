using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Rows that intervals or sets are judged by.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Share">Of them, whose label is held.</param>
/// <param name="Size">Mean width of the intervals, or mean number of classes in the sets.</param>
internal sealed record CoveragePart(int Count, double Share, double Size);

/// <summary>The shares that intervals or sets hold in each quarter of the rows, beside what they are to hold.</summary>
internal static class CoverageChart
{
    /// <summary>Parts of the rows.</summary>
    public const int PartCount = 4;

    private const int SeriesCount = 6;

    /// <param name="markup">To write to.</param>
    /// <param name="id">Of the figure.</param>
    /// <param name="parts">Level by level.</param>
    /// <param name="levels">That are asked for.</param>
    /// <param name="title">Of the chart.</param>
    /// <param name="description">For those who do not see it.</param>
    /// <param name="order">How rows are put in order.</param>
    public static void Draw(
        Markup markup, string id, CoveragePart[][] parts, double[] levels, string title, string description, string order)
    {
        int partCount = parts[0].Length;
        var chart = new Chart(markup, id, title, description, height: 300);
        (double Low, double High)[][] certain = [.. parts.Select(ofLevel => ofLevel.Select(
            part => ConfidenceIntervals.Wilson(part.Share * part.Count, part.Count)).ToArray())];
        double least = Math.Max(0, Math.Floor(10 * Math.Min(levels[0], certain.Min(ofLevel => ofLevel.Min(part => part.Low)))) / 10);
        chart.Frame(new Axis(order, 0.5, partCount + 0.5), new Axis("rows whose label is held", least, 1) { IsShare = true });
        for (int index = 0; index < levels.Length; index++)
        {
            double level = levels[index];
            chart.Line([(chart.X(0.5), chart.Y(level)), (chart.X(partCount + 0.5), chart.Y(level))], "guide");
            int style = index % SeriesCount;
            for (int part = 0; part < partCount; part++)
            {
                (double x, double low, double high) = (part + 1, certain[index][part].Low, certain[index][part].High);
                chart.Segment(chart.X(x), chart.Y(low), chart.X(x), chart.Y(high), $"s{style} line thin");
                chart.Mark(x, parts[index][part].Share, index, levels.Length == 1 ? "f0" : $"f{style} point", size: 4);
            }
        }
        chart.End();
    }
}
