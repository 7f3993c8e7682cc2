using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

public sealed partial class TrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Train_SavesAZip_ThatMLNetLoadsAndScoresWith()
    {
        string model = _folder.PathOf("model.zip");
        JsonElement document = ToolRun.Json("train", Sample("wine.csv"), "--label", "label", "--preset", "fast", "--out", model);
        Assert.InRange(ToolRun.Metrics(document)["accuracy"].Value, 0.9, 1);

        var ml = new MLContext(seed: 1);
        ITransformer loaded = ml.Model.Load(model, out DataViewSchema schema);
        Assert.Equal(14, schema.Count);
        using var engine = ml.Model.CreatePredictionEngine<Wine, Prediction>(loaded, ignoreMissingColumns: true);
        // The first row of the table.
        Prediction prediction = engine.Predict(new Wine
        {
            alcohol = 14.23f,
            malic_acid = 1.71f,
            ash = 2.43f,
            alcalinity_of_ash = 15.6f,
            magnesium = 127,
            total_phenols = 2.8f,
            flavanoids = 3.06f,
            nonflavanoid_phenols = 0.28f,
            proanthocyanins = 2.29f,
            color_intensity = 5.64f,
            hue = 1.04f,
            od280_od315_of_diluted_wines = 3.92f,
            proline = 1065,
        });
        Assert.Equal("0", prediction.PredictedLabel);
        Assert.Equal(1, prediction.Score.Sum(), 1e-5);
    }

    [Fact]
    public void Train_OfTheSameSeed_GivesTheSameMetrics_OnAnyNumberOfThreads()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        var runs = new[] { "1", "2" }.Select(threads => ToolRun.Metrics(Train(data, "buys?", "--threads", threads, "--networks", "2")))
            .ToArray();
        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], ToolRun.Metrics(Train(data, "buys?", "--seed", "2")));
    }

    [Fact]
    public void Train_TellsTheBaselineFromTheTrainingLabels()
    {
        // 30 of 40 are yes, and so are 15 of the 20 that train: always yes is right in 15 of 20.
        string rows = string.Concat(
            Enumerable.Range(0, 40).Select(row => $"{row * 7 % 13}.5,{(row % 4 == 0 ? "no" : "yes")},{(row < 20 ? "train" : "test")}\n"));
        JsonElement document = Train(Write("data.csv", "x,y,part\n" + rows), "y", "--split-column", "part");
        Dictionary<string, (double Value, double? Baseline)> metrics = ToolRun.Metrics(document);
        Assert.Equal(0.75, metrics["accuracy"].Baseline!.Value, 12);
        Assert.Equal(0.5, metrics["areaUnderRocCurve"].Baseline);
        Assert.Equal(0.75, metrics["areaUnderPrecisionRecallCurve"].Baseline!.Value, 12);
        Assert.Equal(2 * 0.75 / 1.75, metrics["f1Score"].Baseline!.Value, 12);
        Assert.Equal(-0.25 * Math.Log2(0.25) - 0.75 * Math.Log2(0.75), metrics["logLossBits"].Baseline!.Value, 12);
        Assert.Equal("always yes", document.GetProperty("baseline").GetString());
        Assert.Equal(20, document.GetProperty("split").GetProperty("testRows").GetInt32());
        Assert.Equal("part", document.GetProperty("split").GetProperty("column").GetString());
    }

    [Fact]
    public void Train_TellsTheBaselineOfARegression()
    {
        string rows = string.Concat(
            Enumerable.Range(0, 40).Select(row => $"{row * 7 % 13}.5,{row * 1.25 + 0.125},{(row % 2 == 0 ? "train" : "test")}\n"));
        JsonElement document = Train(Write("data.csv", "x,y,part\n" + rows), "y", "--split-column", "part", "--task", "regression");
        Dictionary<string, (double Value, double? Baseline)> metrics = ToolRun.Metrics(document);
        double mean = Enumerable.Range(0, 20).Average(index => 2 * index * 1.25 + 0.125);
        double[] errors = [.. Enumerable.Range(0, 20).Select(index => (2 * index + 1) * 1.25 + 0.125 - mean)];
        Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), metrics["rootMeanSquaredError"].Baseline!.Value, 1e-6);
        // The median of the training labels is their mean here.
        Assert.Equal(errors.Average(Math.Abs), metrics["meanAbsoluteError"].Baseline!.Value, 1e-6);
        Assert.InRange(metrics["rSquared"].Baseline!.Value, -0.1, 0);
    }

    [Fact]
    public void Train_SaysWhatItInferred_AndWhichOptionOverridesIt()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        var run = ToolRun.Of("train", data, "-l", "buys?", "--preset", "fast", "--epochs", "2", "--out", _folder.PathOf("model.zip"));
        Assert.True(run.IsDone, run.Error);
        Assert.Contains("240 rows, 5 columns; separated by commas, with header, UTF-8", run.Out);
        Assert.Matches(@"home country +category +14 +4\n", run.Out);
        Assert.Matches(@"age +number +22 ", run.Out);
        Assert.Contains("--task", run.Out);
        Assert.Contains("--number, --category, --text,",
            Assert.Single(run.Out.Split((char)10), line => line.Contains("--category")));
        Assert.Contains("--test 0.25", run.Out);
        Assert.Contains("--split-column", run.Out);
        Assert.Contains("the positive one is yes", run.Out);
        Assert.Matches(@"accuracy +0\.\d{4} +0\.\d{4}\n", run.Out);
        Assert.DoesNotContain("\u001b", run.Out + run.Error);
        Assert.Equal(["buyers.csv", "model.zip"], _folder.FileNames);
    }

    [Fact]
    public void Train_Quiet_WritesTheMetricsAlone()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        var run = ToolRun.Of(
            "train", data, "-l", "buys?", "--preset", "fast", "--epochs", "2", "--out", _folder.PathOf("model.zip"), "--quiet");
        Assert.Equal(6, run.Out.TrimEnd('\n').Split('\n').Length);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Train_TakesColumnsAsTheUserSays()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        JsonElement document = Train(data, "5", "--ignore", "class,2", "--category", "age");
        var kinds = document.GetProperty("table").GetProperty("columns").EnumerateArray()
            .ToDictionary(column => column.GetProperty("name").GetString()!, column => column.GetProperty("kind").GetString());
        Assert.Equal("ignored", kinds["class"]);
        Assert.Equal("ignored", kinds["home country"]);
        Assert.Equal("category", kinds["age"]);
        Assert.Equal("label", kinds["buys?"]);
    }

    [Fact]
    public void Train_GivesTheProbabilityOfTheClassThatIsPositive()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        JsonElement yes = Train(data, "buys?"), no = Train(data, "buys?", "--positive", "no");
        Assert.Equal("yes", yes.GetProperty("table").GetProperty("label").GetProperty("positiveClass").GetString());
        Assert.Equal("no", no.GetProperty("table").GetProperty("label").GetProperty("positiveClass").GetString());
        // The best guess is always yes: it finds all when yes counts, and nothing when no does.
        Assert.InRange(ToolRun.Metrics(yes)["f1Score"].Baseline!.Value, 0.6, 0.8);
        Assert.Null(ToolRun.Metrics(no)["f1Score"].Baseline);
        Assert.Equal(1, ToolRun.Metrics(yes)["areaUnderPrecisionRecallCurve"].Baseline!.Value
            + ToolRun.Metrics(no)["areaUnderPrecisionRecallCurve"].Baseline!.Value, 12);
    }

    [Fact]
    public void Train_WithTestRowsOfOneClass_SaysSo()
    {
        string[] rows =
            [.. Enumerable.Range(0, 30).Select(row => $"{row * 7 % 13}.5,{(row == 3 ? "no" : "yes")},{(row < 20 ? "train" : "test")}\n")];
        string data = Write("data.csv", "x,y,part\n" + string.Concat(rows));
        Assert.Contains(
            "All 7 test rows have the label 'yes'; the metrics, such as the area under the ROC curve, compare rows of both "
                + "classes. Add rows", Fail());
        Assert.Contains(
            "All 10 test rows have the label 'yes'; the metrics, such as the area under the ROC curve, compare rows of both classes. "
                + "Check the split column", Fail("--split-column", "part"));
        Assert.Equal(["data.csv"], _folder.FileNames);

        string Fail(params string[] more) =>
            ToolRun.Fails(ExitCode.BadInput, ["train", data, "-l", "y", "--out", _folder.PathOf("model.zip"), .. more]);
    }

    [Fact]
    public void Train_InterruptedInTheReport_KeepsTheModel()
    {
        string data = Write("buyers.csv", ExampleTables.Buyers());
        using var interruption = new CancellationTokenSource();
        using var output = new InterruptingWriter(interruption, after: "Written: ");
        using var error = new StringWriter();
        ExitCode exitCode = CommandLine.Run(
            ["train", data, "-l", "buys?", "--preset", "fast", "--epochs", "2", "--out", _folder.PathOf("model.zip"), "--report",
                _folder.PathOf("report.html")],
            new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false), interruption.Token);
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Contains("report.html was not written: interrupted", error.ToString());
        Assert.Equal(["buyers.csv", "model.zip"], _folder.FileNames);
    }

    [Fact]
    public void Train_WritesTheReport()
    {
        string report = _folder.PathOf("report.html");
        Train(Write("buyers.csv", ExampleTables.Buyers()), "buys?", "--report", report);
        string page = File.ReadAllText(report);
        Assert.Contains("buys? in buyers.csv", page);
        Assert.Single(Regex.Matches(page, "<script"));
        Assert.Contains("script-src 'sha256-", page);
        Assert.DoesNotContain(_folder.FileNames, name => name!.EndsWith(".tmp", StringComparison.Ordinal)
            || name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void Help_TellsTheExitCodes()
    {
        foreach (string[] args in (string[][])[["--help"], ["train", "--help"], ["predict", "-h"]])
        {
            var run = ToolRun.Of(args);
            Assert.Equal(ExitCode.Success, run.ExitCode);
            foreach (ExitCode exitCode in Enum.GetValues<ExitCode>())
                Assert.Matches($@"(?m)^ +{(int)exitCode}  +\w", run.Out);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Sample(string name) => SampleTables.PathOf(name);

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.PathOf(name), text);
        return _folder.PathOf(name);
    }

    private JsonElement Train(string data, string label, params string[] more) =>
        ToolRun.Json(["train", data, "--label", label, "--preset", "fast", "--epochs", "6", "--out", _folder.PathOf("model.zip"), .. more]);

#pragma warning disable IDE1006 // Names are those of the table's columns.
    private sealed class Wine
    {
        public float alcohol { get; set; }

        public float malic_acid { get; set; }

        public float ash { get; set; }

        public float alcalinity_of_ash { get; set; }

        public float magnesium { get; set; }

        public float total_phenols { get; set; }

        public float flavanoids { get; set; }

        public float nonflavanoid_phenols { get; set; }

        public float proanthocyanins { get; set; }

        public float color_intensity { get; set; }

        public float hue { get; set; }

        public float od280_od315_of_diluted_wines { get; set; }

        public float proline { get; set; }

        public string label { get; set; } = "";
    }
#pragma warning restore IDE1006

    /// <summary>Interrupts the command when it has written a certain line.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interruption, string after) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.StartsWith(after, StringComparison.Ordinal))
                interruption.Cancel();
        }
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
