using System.Globalization;
using System.Xml.Linq;
using Mlp.Reports.Figures;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Tests.Figures;

public class HistogramTests
{
    [Fact]
    public void EachBar_SaysItsRangeAndItsRows()
    {
        XElement[] bars = Draw(new Markup());

        Assert.Equal(24, bars.Length);
        // 0 to 12 in 24 bins: both ends are in one.
        Assert.Equal(("0 to 0.5", "2 rows"), Reading(bars[0]));
        Assert.Equal(("0.5 to 1", "0 rows"), Reading(bars[1]));
        Assert.Equal(("11.5 to 12", "1 row"), Reading(bars[^1]));
        double[] heights = [.. bars.Select(bar => double.Parse(bar.Attribute("height")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(heights[0] / 2, heights[^1], 0.02);
        Assert.Equal(0, heights[1]);
    }

    [Fact]
    public void ADrawingInAFileOfItsOwn_HasNoReadings_BecauseNoScriptShowsThem() =>
        Assert.Empty(Draw(new Markup { StyleOfDrawings = "" }));

    private static XElement[] Draw(Markup markup)
    {
        var chart = new Chart(markup, "figure", "Rows", "Three");
        Histogram.Draw(chart, new Axis("size", 0, 12), [0, 0.2, 12]);
        chart.End();
        return [.. XElement.Parse(markup.ToString()).Descendants().Where(each => each.Attribute("data-value") is not null)];
    }

    private static (string, string) Reading(XElement bar) => (bar.Attribute("data-name")!.Value, bar.Attribute("data-value")!.Value);
}
