using System.Xml.Linq;

namespace Mlp.Reports.Tests.Figures;

public class ClassFigureTests
{
    [Fact]
    public void Table_HasPrecisionAndRecallOfEachClass()
    {
        // Scores are the features: the largest one is predicted.
        var network = Network<double>.Create(3, [Layer.Dense(3)]);
        network.Layers[0].Weights.Clear();
        for (int output = 0; output < 3; output++)
            network.Layers[0].Weights[output * 3 + output] = 1;
        int[] predicted = [0, 0, 0, 1, 1, 1], actual = [0, 0, 1, 1, 1, 0];
        var test = ReportRows.Of(
            new RowBlocks<double>([.. predicted.SelectMany(each => Enumerable.Range(0, 3).Select(output => output == each ? 4.0 : 0))], 3),
            new RowBlocks<double>([.. actual.Select(each => (double)each)], 1));
        using var writer = new StringWriter();
        ModelReport.Create(
            new Model<double>(network, link: OutputLink.Softmax), train: null, test,
            new ReportSettings { OutputNames = ["ash", "beech", "cedar"] }).Write(writer);

        XElement[] tables = [.. XDocument.Parse(writer.ToString()).Descendants("table")];
        XElement table = tables.Single(each => each.Element("caption")!.Value == "Precision, recall and F1");
        string[][] rows = [.. table.Element("tbody")!.Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        Assert.Equal(["ash", "66.7\u202F%", "66.7\u202F%", "66.7\u202F%", "3", "3"], rows[0]);
        Assert.Equal(["beech", "66.7\u202F%", "66.7\u202F%", "66.7\u202F%", "3", "3"], rows[1]);
        // Neither in the rows nor predicted.
        Assert.Equal(["cedar", "–", "–", "–", "0", "0"], rows[2]);
    }
}
