using System.Xml.Linq;

namespace Mlp.Reports.Tests.Figures;

public class ThresholdFigureTests
{
    // Probabilities 0.2, 0.4, 0.6 and 0.8 of rows that are negative, positive, negative and positive.
    private static readonly double[] Probabilities = [0.2, 0.4, 0.6, 0.8], Targets = [0, 1, 0, 1];

    [Fact]
    public void TheTable_CountsWhatEachThresholdWouldDo()
    {
        XElement table = Tables(Page(threshold: 0.5)).Single(each => each.Element("caption")!.Value == "By threshold");

        string[][] rows = [.. table.Element("tbody")!.Elements().Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        Assert.Equal(21, rows.Length);
        Assert.Equal(["0", "2", "0", "2", "50.0\u202F%", "100.0\u202F%", "66.7\u202F%", "50.0\u202F%"], rows[0]);
        Assert.Equal(["0.3", "2", "0", "1", "66.7\u202F%", "100.0\u202F%", "80.0\u202F%", "75.0\u202F%"], rows[6]);
        Assert.Equal(["0.7", "1", "1", "0", "100.0\u202F%", "50.0\u202F%", "66.7\u202F%", "75.0\u202F%"], rows[14]);
        Assert.Equal(["1", "0", "2", "0", "–", "0.0\u202F%", "0.0\u202F%", "50.0\u202F%"], rows[20]);
    }

    [Fact]
    public void WithoutTheScript_TheFiguresAreThoseOfTheModelsThreshold_AndTheControlsAreHidden()
    {
        XDocument page = Page(threshold: 0.31234);

        XElement panel = page.Descendants("div").Single(each => each.Attribute("class")?.Value == "threshold");
        Assert.Equal("At the threshold 0.3123", panel.Descendants("caption").Single().Value);
        Assert.Equal(
            ["66.7\u202F%", "100.0\u202F%", "80.0\u202F%", "75.0\u202F%", "3", "1"], panel.Descendants("td").Select(cell => cell.Value));
        Assert.Equal("0.31234 2 1", panel.Attribute("data-own")!.Value);
        Assert.Equal("2 2", panel.Attribute("data-rows")!.Value);
        Assert.NotNull(panel.Elements("div").Single(each => each.Attribute("class")!.Value == "controls").Attribute("hidden"));
        string[] found = panel.Attribute("data-found")!.Value.Split(' ');
        Assert.Equal((1001, "2", "2", "1", "1", "0"), (found.Length, found[0], found[399], found[401], found[799], found[801]));
    }

    [Fact]
    public void RowsOfOneClass_HaveNoThreshold()
    {
        var rows = ReportRows.Of(new RowBlocks<double>([1, 2], 1), new RowBlocks<double>([1, 1], 1));
        using var writer = new StringWriter();
        ModelReport.Create(Identity(), train: null, rows).Write(writer);
        Assert.DoesNotContain("Another threshold", writer.ToString());
    }

    private static XDocument Page(double threshold)
    {
        double[] logits = [.. Probabilities.Select(each => Math.Log(each / (1 - each)))];
        var rows = ReportRows.Of(new RowBlocks<double>(logits, 1), new RowBlocks<double>(Targets, 1));
        using var writer = new StringWriter();
        ModelReport.Create(Identity(), train: null, rows, new ReportSettings { Threshold = threshold }).Write(writer);
        return XDocument.Parse(writer.ToString());
    }

    private static IEnumerable<XElement> Tables(XDocument page) => page.Descendants("table");

    /// <summary>The logit is the feature.</summary>
    private static Model<double> Identity()
    {
        var network = Network<double>.Create(1, [Layer.Dense(1)]);
        network.Layers[0].Weights[0] = 1;
        return new Model<double>(network, link: OutputLink.Sigmoid);
    }
}
