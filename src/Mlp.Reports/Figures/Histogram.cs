using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Rows by a number, in bins of equal width.</summary>
internal static class Histogram
{
    private const int BinCount = 24;

    /// <summary>Draws frame and bars.</summary>
    /// <param name="chart">Without a frame.</param>
    /// <param name="axis">Holds all values; its length is cut into bins.</param>
    /// <param name="values">One a row; at least one.</param>
    public static void Draw(Chart chart, Axis axis, IEnumerable<double> values)
    {
        var counts = new int[BinCount];
        foreach (double value in values)
            counts[Math.Min(BinCount - 1, (int)(axis.Place(value) * BinCount))]++;
        chart.Frame(axis, new Axis("rows", 0, 1.05 * counts.Max()));
        double width = (chart.Right - chart.Left) / BinCount;
        for (int bin = 0; bin < BinCount; bin++)
        {
            chart.Bar(
                chart.Left + bin * width + 0.5, chart.Y(counts[bin]), width - 1, chart.Bottom - chart.Y(counts[bin]), "f0 soft",
                ($"{Texts.Short(Edge(bin))} to {Texts.Short(Edge(bin + 1))}", Texts.Plural(counts[bin], "row")));
        }

        double Edge(int bin) => axis.Minimum + bin * (axis.Maximum - axis.Minimum) / BinCount;
    }
}
