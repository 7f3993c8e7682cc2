using Mlp.Reports.Content;
using Mlp.Reports.Findings;
using Mlp.TestSupport;

namespace Mlp.Reports.Tests.Findings;

public class PartialDependenceTests
{
    // y = 3 a + 2 [b is y] + 4 [b is z] + c.0 + c.1, where b is a category of three, and c two numbers that belong together.
    private static readonly double[] Weights = [3, 0, 2, 4, 1, 1];

    [Fact]
    public void ANumber_HasItsSlope_AndACategory_ItsValuesByName()
    {
        ReportContent content = Create();

        PartialDependence[] all =
            [.. PartialDependence.Of(content, [new("a", 0, 1, 1, 0), new("c", 4, 2, 1, 0), new("b", 1, 3, 1, 0)])];

        // The two numbers have no single values.
        Assert.Equal(["a", "b"], all.Select(each => each.Column.Name));
        double[] xs = [.. all[0].Values.Select(each => each.Value)];
        Assert.Equal(20, xs.Length);
        Assert.Equal(xs.Order(), xs);
        Assert.False(all[0].IsCategory);
        for (int index = 1; index < xs.Length; index++)
            Assert.Equal(3 * (xs[index] - xs[0]), all[0].Means[index] - all[0].Means[0], 1e-9);

        Assert.True(all[1].IsCategory);
        // 50 rows of x, 30 of y, 20 of z: the most common first.
        Assert.Equal(["x", "y", "z"], all[1].Values.Select(each => each.Name));
        Assert.Equal((2, 4), (Math.Round(all[1].Means[1] - all[1].Means[0], 9), Math.Round(all[1].Means[2] - all[1].Means[0], 9)));
        ReportRows rows = content.Test!;
        double rest = Enumerable.Range(0, 100).Average(row => 3 * rows.Features[row][0] + rows.Features[row][4] + rows.Features[row][5]);
        Assert.Equal(rest, all[1].Means[0], 1e-9);
    }

    [Fact]
    public void AColumnThatTellsNothing_IsLeftOut() =>
        Assert.Empty(PartialDependence.Of(Create(), [new("a", 0, 1, 0, 0), new("b", 1, 3, -1, 0)]));

    [Fact]
    public void TheReport_DrawsThem_WithTheirNumbers()
    {
        ReportContent content = Create();
        using var writer = new StringWriter();
        ModelReport.Create(content.Model, train: null, content.Test, content.Settings).Write(writer);
        string page = writer.ToString();
        Assert.Contains("How predictions change with a column", page);
        Assert.Contains("Highest for z, ", page);
        Assert.Contains("<caption>mean predicted label</caption>", page);
    }

    [Fact]
    public void OfSeveralClasses_TheReport_DividesTheBarOfEachValue()
    {
        // Class q is likelier for y than for x, and for z than for y.
        var network = Network<double>.Create(3, [Layer.Dense(3)]);
        new double[] { 0, 0, 0, 0, 1, 2, 0, 0, 0 }.CopyTo(network.Layers[0].Weights);
        var rows = new ReportRows(inputCount: 3, targetCount: 1);
        for (int row = 0; row < 60; row++)
        {
            Span<double> features = [0.0, 0, 0];
            features[row % 3] = 1;
            rows.Add(features, [row % 3 == 0 ? 0 : 1]);
        }
        var settings = new ReportSettings
        {
            LabelName = "kind",
            FeatureNames = ["b.x", "b.y", "b.z"],
            FeatureGroups = [new FeatureGroup("b", 0, 3)],
            OutputNames = ["p", "q", "r"],
        };
        using var writer = new StringWriter();
        ModelReport.Create(new Model<double>(network, link: OutputLink.Softmax), train: null, rows, settings).Write(writer);

        string page = writer.ToString();
        Assert.Contains("p is likeliest for x, 33.3\u202F%", page);
        // exp(2) / (exp(2) + 2) of z.
        Assert.Contains("data-name=\"z\" data-value=\"q: 78.7\u202F%\"", page);
        Assert.Contains(">q 78.7\u202F%</text>", page);
        Assert.Contains("<caption>mean probability</caption>", page);
    }

    private static ReportContent Create()
    {
        var network = Network<double>.Create(6, [Layer.Dense(1)]);
        Weights.CopyTo(network.Layers[0].Weights);
        double[] numbers = GemmChecks.Random<double>(300, seed: 4);
        var rows = new ReportRows(inputCount: 6, targetCount: 1);
        for (int row = 0; row < 100; row++)
        {
            int kind = row % 10 < 5 ? 0 : row % 10 < 8 ? 1 : 2;
            double[] features =
            [
                numbers[3 * row], kind == 0 ? 1 : 0, kind == 1 ? 1 : 0, kind == 2 ? 1 : 0, numbers[3 * row + 1], numbers[3 * row + 2],
            ];
            rows.Add<double>(features, [features.Zip(Weights, (x, weight) => x * weight).Sum()]);
        }
        return new ReportContent(
            new Model<double>(network), [], train: null, rows, new RegressionTask(), new ReportSettings
            {
                FeatureNames = ["a", "b.x", "b.y", "b.z", "c.0", "c.1"],
                FeatureGroups = [new FeatureGroup("b", 1, 3), new FeatureGroup("c", 4, 2)],
            });
    }
}
