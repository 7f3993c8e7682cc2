using System.Globalization;
using System.Xml.Linq;

namespace Mlp.Reports.Tests.Figures;

public class ConfusionFigureTests
{
    /// <summary>Of each class i two rows are right, and i of another class are taken for it.</summary>
    [Theory]
    [InlineData(26, 26)]
    [InlineData(30, 25)]
    public void Matrix_OfManyClasses_HasThoseWithTheMostErrors(int classCount, int shown)
    {
        var network = Network<double>.Create(classCount, [Layer.Dense(classCount)]);
        network.Layers[0].Weights.Clear();
        for (int output = 0; output < classCount; output++)
            network.Layers[0].Weights[output * classCount + output] = 1;
        var pairs = new List<(int Actual, int Predicted)>();
        for (int index = 0; index < classCount; index++)
        {
            pairs.AddRange([(index, index), (index, index)]);
            // Of the last one, so that each class has as many errors as its number, and the last one has the most.
            pairs.AddRange(Enumerable.Repeat((classCount - 1, index), index == classCount - 1 ? 0 : index));
        }
        var test = ReportRows.Of(
            new RowBlocks<double>(
                [.. pairs.SelectMany(pair => Enumerable.Range(0, classCount).Select(output => output == pair.Predicted ? 9.0 : 0))],
                classCount),
            new RowBlocks<double>([.. pairs.Select(pair => (double)pair.Actual)], 1));
        using var writer = new StringWriter();
        string[] names = [.. Enumerable.Range(0, classCount).Select(index => index.ToString("'c'00", CultureInfo.InvariantCulture))];
        ModelReport.Create(
            new Model<double>(network, link: OutputLink.Softmax), train: null, test, new ReportSettings { OutputNames = names })
            .Write(writer);

        var page = XDocument.Parse(writer.ToString());
        XElement matrix = page.Descendants("table").Single(table =>
            table.Element("caption")!.Value.StartsWith("Rows by true", StringComparison.Ordinal));
        string[] rows = [.. matrix.Element("tbody")!.Elements("tr").Select(row => row.Elements().First().Value)];
        Assert.Equal(names[^shown..], rows);
        Assert.All(matrix.Descendants("tr"), row => Assert.Equal(shown + 1, row.Elements().Count()));
        Assert.Equal(
            shown < classCount,
            page.ToString().Contains($"Of {classCount} classes it has the 25 with the most errors", StringComparison.Ordinal));
    }
}
