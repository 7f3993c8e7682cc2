using System.Xml.Linq;
using Mlp.Reports.Content;
using Mlp.Reports.Findings;
using Mlp.TestSupport;

namespace Mlp.Reports.Tests;

public class ModelReportTests
{
    [Fact]
    public void BinaryMetrics_MatchAnExampleByHand()
    {
        // Logits 2, 1, −1, −2, 3 for 1, 0, 0, 1, 1: three right; of 6 pairs 2 > 1, 2 > −1, 3 > 1, 3 > −1 are in order.
        ModelReport report = Report(OutputLink.Sigmoid, [2, 1, -1, -2, 3], [1, 0, 0, 1, 1]);

        Assert.IsType<BinaryTask>(report.Task);
        AssertMetric(report, "Accuracy", 3 / 5.0, baseline: 3 / 5.0);
        AssertMetric(report, "Area under the ROC curve", 4 / 6.0, baseline: 0.5);
        AssertMetric(report, "Precision", 2 / 3.0);
        AssertMetric(report, "Recall", 2 / 3.0);
        AssertMetric(report, "F1 score", 2 / 3.0);
        double logLoss = (Loss(2) + Loss(-1) + Loss(1) + Loss(-2) + Loss(3)) / 5;
        AssertMetric(
            report, "Log-loss (bits)", logLoss / Math.Log(2), baseline: -(0.6 * Math.Log2(0.6) + 0.4 * Math.Log2(0.4)));
        ReportMetric accuracy = report.Metrics[0];
        Assert.Equal("Wilson", accuracy.Method);
        Assert.Equal((0.2307, 0.8824), (Math.Round(accuracy.Low, 4), Math.Round(accuracy.High, 4)));

        static double Loss(double margin) => Math.Log(1 + Math.Exp(-margin));
    }

    [Fact]
    public void RegressionMetrics_MatchAnExampleByHand()
    {
        // Errors 0, 1, −1, 2 of targets 1, 2, 3, 4 with variance 1.25.
        ModelReport report = Report(OutputLink.Identity, [1, 3, 2, 6], [1, 2, 3, 4]);

        AssertMetric(report, "R²", 1 - 1.5 / 1.25, baseline: 0);
        AssertMetric(report, "Root mean squared error", Math.Sqrt(1.5), baseline: Math.Sqrt(1.25));
        AssertMetric(report, "Mean absolute error", 1, baseline: 1);
    }

    [Fact]
    public void MulticlassMetrics_MatchAnExampleByHand()
    {
        // The identity as a network: classes 0, 1, 2, 2 for 0, 1, 2, 1.
        var network = Network<double>.Create(3, [Layer.Dense(3)]);
        ((double[])[1, 0, 0, 0, 1, 0, 0, 0, 1]).CopyTo(network.Layers[0].Weights);
        var rows = ReportRows.Of(new RowBlocks<double>([3, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 3], 3), new RowBlocks<double>([0, 1, 2, 1], 1));

        var report = ModelReport.Create(new Model<double>(network, link: OutputLink.Softmax), train: null, rows);

        Assert.IsType<MulticlassTask>(report.Task);
        AssertMetric(report, "Accuracy", 0.75, baseline: 0.5);
        AssertMetric(report, "Macro accuracy", (1 + 0.5 + 1) / 3, baseline: 1 / 3.0);
        AssertMetric(report, "Macro F1", (1 + 2 / 3.0 + 2 / 3.0) / 3);
        double right = Math.Log(1 + 2 * Math.Exp(-3));
        AssertMetric(report, "Log-loss (nats)", (4 * right + 3) / 4);
    }

    [Fact]
    public void Importance_IsThatOfTheWeights_AndGroupsAreShuffledTogether()
    {
        var network = Network<double>.Create(4, [Layer.Dense(1)]);
        ((double[])[3, 0, 1, -1]).CopyTo(network.Layers[0].Weights);
        double[] features = GemmChecks.Random<double>(4 * 200, seed: 1);
        var targets = new double[200];
        network.Predict(features, targets);
        var rows = ReportRows.Of(new RowBlocks<double>(features, 4), new RowBlocks<double>(targets, 1));

        var report = ModelReport.Create(
            new Model<double>(network), rows, rows,
            new ReportSettings { FeatureNames = ["a", "b", "c.x", "c.y"], FeatureGroups = [new FeatureGroup("c", 2, 2)] });

        Assert.Equal(["a", "c", "b"], report.Importances.Select(importance => importance.Name));
        // Shuffling gives errors of w · (x − x′), whose root mean square is |w| √2 σ; σ² of the random numbers is that of the column.
        double[] first = [.. features.Where((_, index) => index % 4 == 0)];
        double deviation = Math.Sqrt(first.Sum(value => Math.Pow(value - first.Average(), 2)) / first.Length);
        Assert.Equal(3 * Math.Sqrt(2) * deviation, report.Importances[0].Mean, 0.15);
        Assert.Equal(Math.Sqrt(2) * Math.Sqrt(2) * deviation, report.Importances[1].Mean, 0.25);
        Assert.Equal(0, report.Importances[2].Mean, 1e-12);
        Assert.All(report.Importances.Take(2), importance => Assert.InRange(importance.Deviation, 0.001, 0.3));
    }

    [Fact]
    public void Warnings_NameConstantDuplicatedAndLeakingColumns()
    {
        ReportRows rows = new(5, 1), other = new(5, 1);
        for (int row = 0; row < 200; row++)
        {
            double x = Math.Sin(row), target = row % 2;
            rows.Add<double>([x, 7, x, target * 10 + Math.Cos(row), Math.Cos(3 * row)], [target]);
            other.Add<double>([x + (row < 3 ? 0 : 1e-3), 7, x, target * 10 + Math.Cos(row), Math.Cos(3 * row)], [target]);
        }
        other.Add<double>([double.NaN, 0, 0, 0, 0], [1]);
        var network = Network<double>.Create(5, [Layer.Dense(1)]);

        var report = ModelReport.Create(
            new Model<double>(network, link: OutputLink.Sigmoid), rows, other,
            new ReportSettings { FeatureNames = ["x", "seven", "x again", "leak", "free"] });

        Assert.Equal(
            [
                "Column seven: constant: always the same, so nothing can be learnt from it.",
                "Column x again: the same as x in every row; one of them is enough.",
                "Column leak: may leak the label: it alone tells the class in 100.0 % of the rows.",
                "1 of 201 test rows have missing or infinite values and are left out here.",
                "3 of 200 test rows are among the training rows, feature by feature; figures may be too good.",
            ],
            report.Warnings);
    }

    [Fact]
    public void NamesOfAllKinds_StayTexts()
    {
        const string Evil = "</title></svg><script>alert(1)</script>\" onload='x'";
        var rows = ReportRows.Of(
            new RowBlocks<double>(GemmChecks.Random<double>(240, seed: 1), 2),
            new RowBlocks<double>([.. Enumerable.Range(0, 120).Select(row => row % 2.0)], 1));
        var network = Network<double>.Create(2, [Layer.Dense(4, Activation.Tanh), Layer.Dense(1)], seed: 1);
        var settings = new ReportSettings
        {
            Title = Evil,
            LabelName = Evil,
            FeatureNames = [Evil, Evil + "2"],
            OutputNames = [Evil, Evil + "3"],
        };

        XDocument document = Parse(ModelReport.Create(new Model<double>(network, link: OutputLink.Sigmoid), rows, rows, settings));

        XElement[] all = [.. document.Descendants()];
        Assert.DoesNotContain(all, element => element.Name.LocalName is "iframe" or "img");
        Assert.Single(all, element => element.Name.LocalName == "script");
        Assert.DoesNotContain(all.Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(Evil, all.Single(element => element.Name.LocalName == "h1").Value);
        // Nothing is loaded: the only addresses are within the page, and the empty icon.
        Assert.All(all.Attributes("href").Concat(all.Attributes("src")), attribute => Assert.Matches("^(#|data:,$)", attribute.Value));
    }

    [Fact]
    public void EveryDrawing_HasATitleADescription_AndItsNumbersAsATable()
    {
        var rows = ReportRows.Of(
            new RowBlocks<double>(GemmChecks.Random<double>(240, seed: 1), 2),
            new RowBlocks<double>([.. Enumerable.Range(0, 120).Select(row => row % 3.0)], 1));
        var network = Network<double>.Create(2, [Layer.Dense(4, Activation.Tanh), Layer.Dense(3)], seed: 1);
        EpochResult[] history = [.. Enumerable.Range(1, 30).Select(
            epoch => new EpochResult(epoch, 30, 1.0 / epoch, 0.5 + 0.01 * Math.Abs(epoch - 20), 0.1, 1, epoch))];

        XDocument document = Parse(ModelReport.Create(new Model<double>(network, link: OutputLink.Softmax, history: history), rows, rows));

        XElement[] drawings = [.. document.Descendants().Where(element => element.Attribute("role")?.Value == "img")];
        Assert.True(drawings.Length >= 14, $"there are {drawings.Length} drawings");
        foreach (XElement drawing in drawings)
        {
            string[] children = [.. drawing.Elements().Take(2).Select(element => element.Name.LocalName)];
            Assert.Equal(["title", "desc"], children);
            Assert.Contains(drawing.Parent!.Elements("details").Descendants("td"), cell => cell.Value.Length > 0);
        }
        Assert.All(document.Descendants("table"), table => Assert.NotEqual("", table.Element("caption")!.Value));
        Assert.Equal(
            ["results", "importance", "decision", "rows", "training", "network", "data"],
            document.Descendants("section").Attributes("id").Select(id => id.Value));
        Assert.Contains("20", document.Descendants("table").Single(table => table.Element("caption")!.Value == "Loss by epoch").Value);
    }

    [Fact]
    public void TheSameRows_GiveTheSameReport_OnAnyNumberOfThreads()
    {
        string one = Text(threads: 1);
        Assert.Equal(one, Text(threads: 1));
        Assert.Equal(one, Text(threads: 3));

        static string Text(int threads)
        {
            var rows = ReportRows.Of(
                new RowBlocks<double>(GemmChecks.Random<double>(300, seed: 1), 3),
                new RowBlocks<double>(GemmChecks.Random<double>(100, seed: 2), 1));
            var network = Network<double>.Create(3, [Layer.Dense(9, Activation.Relu), Layer.Dense(1)], seed: 1);
            return Write(ModelReport.Create(new Model<double>(network), rows, rows, new ReportSettings { NumberOfThreads = threads }));
        }
    }

    [Fact]
    public void Save_ReplacesAFile_AndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("report.html");
        File.WriteAllText(path, "old");
        ModelReport report = Report(OutputLink.Identity, [1, 3, 2, 6], [1, 2, 3, 4]);

        report.Save(path);

        Assert.Equal(Write(report), File.ReadAllText(path));
        Assert.Equal(["report.html"], folder.FileNames);
    }

    [Fact]
    public void Cancelled_ItThrows_AndLeavesNoFile()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var network = Network<double>.Create(1, [Layer.Dense(1)], seed: 1);
        var model = new Model<double>(network);
        var rows = ReportRows.Of(new RowBlocks<double>([1, 3, 2, 6], 1), new RowBlocks<double>([1, 2, 3, 4], 1));
        var settings = new ReportSettings { CancellationToken = cancellation.Token };
        var content = new ReportContent(model, [], train: null, rows, new RegressionTask(), settings);
        var report = ModelReport.Create(model, train: null, rows, settings);

        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => ModelReport.Create(model, train: null, rows, settings));
        Assert.Throws<OperationCanceledException>(() => PermutationImportance.Compute(content));
        Assert.Throws<OperationCanceledException>(() => report.Save(folder.PathOf("report.html")));
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void Create_ShowsTheTrainingAlone_AndEverythingWithRows()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("report.html");
        var network = Network<float>.Create(2, [Layer.Dense(3, Activation.Tanh), Layer.Dense(1)], seed: 1);
        var rows = new DenseRows<float>((float[])[0, 0, 0, 1, 1, 0, 1, 1], (float[])[0, 1, 1, 0], inputCount: 2);
        TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings { Loss = Loss.BinaryCrossEntropy, NumberOfEpochs = 5 });
        var model = new Model<float>(network, link: OutputLink.Sigmoid, history: result.History);

        ModelReport.Create(model, train: null, test: null).Save(path);
        Assert.Equal(["training", "network"], Sections());

        var test = ReportRows.Of(new RowBlocks<float>([0, 0, 0, 1, 1, 0, 1, 1], 2), new RowBlocks<float>([0, 1, 1, 0], 1));
        ModelReport.Create(model, train: null, test, new ReportSettings { OutputNames = ["even", "odd"] }).Save(path);
        Assert.Equal(["results", "importance", "decision", "rows", "training", "network", "data"], Sections());
        Assert.Contains("odd", File.ReadAllText(path));

        string[] Sections() => [.. XDocument.Parse(File.ReadAllText(path)).Descendants("section").Attributes("id").Select(id => id.Value)];
    }

    [Theory]
    [InlineData(OutputLink.Sigmoid, 1, 1)]
    [InlineData(OutputLink.Sigmoid, 2, 2)]
    [InlineData(OutputLink.Softmax, 3, 1)]
    [InlineData(OutputLink.Softmax, 3, 3)]
    [InlineData(OutputLink.Identity, 1, 1)]
    [InlineData(OutputLink.Exponential, 2, 2)]
    public void ASingleRow_IsEnough_ForEveryTask(OutputLink link, int outputCount, int targetCount)
    {
        for (int inputCount = 1; inputCount <= 3; inputCount++)
        {
            var network = Network<double>.Create(inputCount, [Layer.Dense(4, Activation.Tanh), Layer.Dense(outputCount)], seed: 1);
            var rows = ReportRows.Of(
                new RowBlocks<double>(new double[inputCount], inputCount), new RowBlocks<double>(new double[targetCount], targetCount));

            var report = ModelReport.Create(new Model<double>(network, link: link), rows, rows);

            Assert.Contains("There is only 1 test row; look at the intervals, not at the figures alone.", report.Warnings);
            string text = Parse(report).Descendants("body").Single().Value;
            Assert.DoesNotContain("NaN", text);
            Assert.DoesNotContain("Infinity", text);
        }
    }

    [Fact]
    public void WrongArguments_AreNamed()
    {
        var network = Network<double>.Create(2, [Layer.Dense(1)]);
        var model = new Model<double>(network, link: OutputLink.Sigmoid);
        var rows = ReportRows.Of(new RowBlocks<double>([1, 2, 3, 4], 2), new RowBlocks<double>([0, 1], 1));
        Assert.Contains("FeatureNames has 1 names; 2 are needed", Message(rows, new ReportSettings { FeatureNames = ["a"] }));
        Assert.Contains("OutputNames has 1 names; 2 are needed", Message(rows, new ReportSettings { OutputNames = ["a"] }));
        Assert.Contains("NumberOfPermutations is 1", Message(rows, new ReportSettings { NumberOfPermutations = 1 }));
        Assert.Contains(
            "Feature group 'g' has features 1 to 2", Message(rows, new ReportSettings { FeatureGroups = [new FeatureGroup("g", 1, 2)] }));
        Assert.Contains("A target is 2; for this task it must be 0 or 1", Message(
            ReportRows.Of(new RowBlocks<double>([1, 2], 2), new RowBlocks<double>([2], 1)), new ReportSettings()));
        Assert.Contains("test rows have 1 features, the model has 2", Message(
            ReportRows.Of(new RowBlocks<double>([1], 1), new RowBlocks<double>([0], 1)), new ReportSettings()));

        string Message(ReportRows test, ReportSettings settings) =>
            Assert.ThrowsAny<ArgumentException>(() => ModelReport.Create(model, train: null, test, settings)).Message;
    }

    /// <summary>Of a model that gives its only feature.</summary>
    private static ModelReport Report(OutputLink link, double[] outputs, double[] targets)
    {
        var network = Network<double>.Create(1, [Layer.Dense(1)]);
        network.Layers[0].Weights[0] = 1;
        return ModelReport.Create(
            new Model<double>(network, link: link), train: null,
            ReportRows.Of(new RowBlocks<double>(outputs, 1), new RowBlocks<double>(targets, 1)));
    }

    private static void AssertMetric(ModelReport report, string name, double value, double? baseline = null)
    {
        ReportMetric metric = report.Metrics.Single(each => each.Name == name);
        Assert.Equal(value, metric.Value, 1e-12);
        if (baseline is double expected)
            Assert.Equal(expected, metric.Baseline!.Value, 1e-12);
        Assert.InRange(metric.Value, metric.Low - 1e-12, metric.High + 1e-12);
    }

    private static string Write(ModelReport report)
    {
        using var writer = new StringWriter();
        report.Write(writer);
        return writer.ToString();
    }

    private static XDocument Parse(ModelReport report)
    {
        var document = XDocument.Parse(Write(report));
        // The namespace of drawings is in the way.
        foreach (XElement element in document.Descendants())
            element.Name = element.Name.LocalName;
        return document;
    }
}
