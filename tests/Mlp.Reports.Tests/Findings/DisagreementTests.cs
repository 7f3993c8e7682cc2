using Mlp.Reports.Content;
using Mlp.Reports.Findings;

namespace Mlp.Reports.Tests.Findings;

public class DisagreementTests
{
    [Fact]
    public void Spread_IsTheStandardDeviationOfThePredictions()
    {
        // Networks that give x and 3x: of x = 4 the predictions 4 and 12, whose standard deviation is √32.
        Disagreement disagreement = Disagreement.Find(Numbers(rowCount: 10))!;

        for (int row = 0; row < 10; row++)
            Assert.Equal(Math.Sqrt(2) * row, disagreement.Spreads[row], 1e-12);
        Assert.Equal([9, 8, 7], disagreement.Order.Take(3));
        Assert.Equal((4.0, 12.0, 0), disagreement.RangeOf(4));
        (int count, double mean, double error) = disagreement.Groups().First();
        // The mean prediction is 2x, and the target x: errors of 9 and 8.
        Assert.Equal((2, Math.Sqrt(2) * 8.5, Math.Sqrt((81 + 64) / 2.0)), (count, mean, error), new Nearly());
        Assert.Equal(5, disagreement.Groups().Count());
    }

    [Fact]
    public void OfClasses_ItIsThatOfThePredictedOne_AndErrorsAreShares()
    {
        // Logits x and 3x.
        ReportContent content = Create([1, 3], OutputLink.Sigmoid, [-2, -1, 0.5, 1, 2], [0, 0, 0, 1, 1], new BinaryTask());
        Disagreement disagreement = Disagreement.Find(content)!;

        (double low, double high, int output) = disagreement.RangeOf(0);
        Assert.Equal((Sigmoid(2), Sigmoid(6), 0), (low, high, output), new Nearly());
        Assert.Equal((Sigmoid(6) - Sigmoid(2)) / Math.Sqrt(2), disagreement.Spreads[0], 1e-12);
        Assert.Equal((Sigmoid(0.5), Sigmoid(1.5), 1), disagreement.RangeOf(2), new Nearly());
        Assert.Equal(1, disagreement.Groups().Sum(group => group.Error), 1e-12);
    }

    [Fact]
    public void Columns_AreThoseInWhichSuchRowsDiffer()
    {
        (string column, string here, string elsewhere) = Assert.Single(Disagreement.Find(Numbers(rowCount: 100))!.Columns());
        Assert.Equal(("x", "mean 89.5", "mean 39.5"), (column, here, elsewhere));
    }

    [Fact]
    public void ASingleNetwork_AndFewRows_HaveNone()
    {
        Assert.Null(Disagreement.Find(Create([1], OutputLink.Identity, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], new RegressionTask())));
        Assert.Null(Disagreement.Find(Numbers(rowCount: 4)));
    }

    [Fact]
    public void TheReport_TellsThem()
    {
        ReportContent content = Numbers(rowCount: 100);
        using var writer = new StringWriter();
        ModelReport.Create(content.Model, train: null, content.Test, content.Settings).Write(writer);
        string page = writer.ToString();
        Assert.Contains("<h2 id=\"networks-h\">Where its networks disagree</h2>", page);
        Assert.Contains("The model averages 2 networks", page);
        Assert.Contains("mean 89.5", page);
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    /// <summary>Rows 0, 1, 2, …, each its own target.</summary>
    private static ReportContent Numbers(int rowCount)
    {
        double[] values = [.. Enumerable.Range(0, rowCount).Select(row => (double)row)];
        return Create([1, 3], OutputLink.Identity, values, values, new RegressionTask());
    }

    /// <summary>Networks that multiply the only feature.</summary>
    private static ReportContent Create(double[] factors, OutputLink link, double[] values, double[] targets, PredictionTask task)
    {
        Network<double>[] networks = [.. factors.Select(factor =>
        {
            var network = Network<double>.Create(1, [Layer.Dense(1)]);
            network.Layers[0].Weights[0] = factor;
            return network;
        })];
        var rows = ReportRows.Of(new RowBlocks<double>(values, 1), new RowBlocks<double>(targets, 1));
        return new ReportContent(
            new Model<double>(networks, link: link), [], train: null, rows, task, new ReportSettings { FeatureNames = ["x"] });
    }

    /// <summary>Numbers that rounding may have moved.</summary>
    private sealed class Nearly : IEqualityComparer<(int, double, double)>, IEqualityComparer<(double, double, int)>
    {
        public bool Equals((int, double, double) one, (int, double, double) other) =>
            one.Item1 == other.Item1 && Math.Abs(one.Item2 - other.Item2) < 1e-12 && Math.Abs(one.Item3 - other.Item3) < 1e-12;

        public bool Equals((double, double, int) one, (double, double, int) other) =>
            Equals((one.Item3, one.Item1, one.Item2), (other.Item3, other.Item1, other.Item2));

        public int GetHashCode((int, double, double) value) => value.Item1;

        public int GetHashCode((double, double, int) value) => value.Item3;
    }
}
