using System.Xml.Linq;

namespace Mlp.Reports.Tests.Figures;

public class GainsFigureTests
{
    [Fact]
    public void Table_HasTheLiftOfEachTenth_HighestProbabilitiesFirst()
    {
        // 40 rows, 8 of them positive: 3, 2, 1, 1 and 1 in the first five tenths.
        int[] positives = [0, 1, 2, 4, 5, 8, 12, 16];
        XElement[][] rows = Rows(row => positives.Contains(row) ? 1 : 0);

        Assert.Equal(["1 of 10", "4", "0.9024", "75.0\u202F%", "3.75", "37.5\u202F%"], rows[0].Select(cell => cell.Value));
        Assert.Equal(["2 of 10", "4", "0.8049", "50.0\u202F%", "2.5", "62.5\u202F%"], rows[1].Select(cell => cell.Value));
        Assert.Equal(["10 of 10", "4", "0.02439", "0.0\u202F%", "0", "100.0\u202F%"], rows[9].Select(cell => cell.Value));
    }

    [Fact]
    public void OneClassAlone_HasNoGains() => Assert.Empty(Rows(_ => 1));

    /// <summary>The cells of the table, for rows whose probabilities fall from 40/41 to 1/41.</summary>
    private static XElement[][] Rows(Func<int, double> target)
    {
        double[] probabilities = [.. Enumerable.Range(0, 40).Select(row => (40 - row) / 41.0)];
        var network = Network<double>.Create(1, [Layer.Dense(1)]);
        network.Layers[0].Weights[0] = 1;
        var test = ReportRows.Of(
            new RowBlocks<double>([.. probabilities.Select(each => Math.Log(each / (1 - each)))], 1),
            new RowBlocks<double>([.. Enumerable.Range(0, 40).Select(target)], 1));
        using var writer = new StringWriter();
        ModelReport.Create(new Model<double>(network, link: OutputLink.Sigmoid), train: null, test, new ReportSettings()).Write(writer);
        XElement? table = XDocument.Parse(writer.ToString()).Descendants("table")
            .SingleOrDefault(each => each.Element("caption")!.Value == "Tenths of the rows, highest probabilities first");
        return table is null ? [] : [.. table.Element("tbody")!.Elements("tr").Select(row => row.Elements().ToArray())];
    }
}
