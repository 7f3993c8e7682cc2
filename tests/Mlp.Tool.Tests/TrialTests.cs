using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Models;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Tests;

/// <summary>--threshold, --cv and --checkpoint of mlp train.</summary>
public sealed class TrialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.3", "Given", 0.3)]
    [InlineData("cost:5,1", "Cost", 5.0 / 6)]
    [InlineData("cost:1,9", "Cost", 0.1)]
    [InlineData("auto", "Recall", null)]
    [InlineData("f1", "F1", null)]
    public void ThresholdRule_ReadsTheOption(string text, string kind, double? probability)
    {
        Assert.Equal((kind, probability), (ThresholdRule.Parse(text)!.Kind.ToString(), ThresholdRule.Parse(text)!.Probability));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("1.5")]
    [InlineData("0,3")]
    [InlineData("cost:5")]
    [InlineData("cost:5,0")]
    [InlineData("cost:-1,5")]
    [InlineData("cost:1,2,3")]
    [InlineData("best")]
    [InlineData("NaN")]
    public void ThresholdRule_OtherTexts_AreRefused(string text) => Assert.Null(ThresholdRule.Parse(text));

    [Fact]
    public void ThresholdChoice_IsTheBestOfAll()
    {
        (double, bool)[] rows =
            [(0.9, true), (0.8, true), (0.4, true), (0.3, false), (0.3, true), (0.1, false), (0.05, false), (0.01, false)];

        // From 0.35 on: recall 3/4 and 4/4. From 0.2 on: F1 8/9, recall 4/4 and 3/4; the first of equals is the larger threshold.
        Assert.Equal(0.35, ThresholdChoice.Best(ThresholdKind.Recall, rows), 1e-9);
        Assert.Equal(0.2, ThresholdChoice.Best(ThresholdKind.F1, rows), 1e-9);
    }

    [Fact]
    public void Folds_HaveEveryRowOnce_AndTheSharesOfTheClasses()
    {
        float[] labels = [.. Enumerable.Range(0, 103).Select(row => row % 10 == 0 ? 1f : 0f)];

        var folds = Folds.Create(labels, hasClasses: true, count: 5, seed: 1);

        for (int row = 0; row < labels.Length; row++)
            Assert.Single(folds, fold => fold[row]);
        Assert.All(folds, fold => Assert.InRange(Enumerable.Range(0, 103).Count(row => fold[row] && labels[row] == 1), 2, 3));
        Assert.All(folds, fold => Assert.InRange(Enumerable.Range(0, 103).Count(row => fold[row]), 20, 21));
    }

    [Fact]
    public void Threshold_IsKeptInTheModel_AndChangesWhatIsPredicted()
    {
        string data = Write(ExampleTables.Buyers());
        JsonElement low = Train(data, "--threshold", "0.1", "--code", _folder.PathOf("Program.cs"));
        string first = Predicted(data);
        JsonElement high = Train(data, "--threshold", "cost:9,1");

        Assert.Equal((0.1, 0.9), (low.GetProperty("threshold").GetDouble(), high.GetProperty("threshold").GetDouble()));
        Assert.True(Count(first) > Count(Predicted(data)), first);
        Assert.Contains("network.WithThreshold((float)0.1)", File.ReadAllText(_folder.PathOf("Program.cs")));
        double chosen = Train(data, "--threshold", "f1").GetProperty("threshold").GetDouble();
        Assert.InRange(chosen, 0.0001, 0.9999);
        // The figures are of the model with its threshold, also when it is evaluated later.
        Assert.Equal(
            ToolRun.Metrics(ToolRun.Json("evaluate", _folder.PathOf("model.zip"), data)).Keys, ToolRun.Metrics(low).Keys);

        static int Count(string text) => text.Split("yes,").Length;
    }

    [Fact]
    public void Threshold_OfAnotherTask_IsRefused()
    {
        string data = Write(ExampleTables.Flowers());

        Assert.Contains("the task is multiclass", ToolRun.Fails(
            ExitCode.Usage, "train", data, "-l", "kind", "--threshold", "0.3", "--out", _folder.PathOf("m.zip")));
        Assert.Contains("it can be a probability between 0 and 1, auto, f1, or cost:5,1", ToolRun.Fails(
            ExitCode.Usage, "train", data, "-l", "kind", "--threshold", "2", "--out", _folder.PathOf("m.zip")));
    }

    [Fact]
    public void CrossValidation_GivesMeanAndDeviation_AndChangesNoModel()
    {
        string data = Write(ExampleTables.Buyers());

        JsonElement with = Train(data, "--cv", "3"), without = Train(data);

        Assert.Equal(ToolRun.Metrics(without), ToolRun.Metrics(with));
        JsonElement parts = with.GetProperty("crossValidation");
        Assert.Equal(3, parts.GetProperty("parts").GetInt32());
        JsonElement accuracy = parts.GetProperty("metrics").EnumerateArray().First();
        Assert.InRange(accuracy.GetProperty("mean").GetDouble(), 0.5, 1);
        Assert.InRange(accuracy.GetProperty("standardDeviation").GetDouble(), 0, 0.2);
        Assert.Contains("two parts at least", ToolRun.Fails(ExitCode.Usage, "train", data, "-l", "buys?", "--cv", "1"));
        Assert.Contains("parts, but only", ToolRun.Fails(
            ExitCode.BadInput, "train", data, "-l", "buys?", "--cv", "170", "--out", _folder.PathOf("m.zip")));
    }

    [Fact]
    public void Checkpoint_OfACommandThatWasCutShort_IsGoneOnFrom()
    {
        string data = Write(ExampleTables.Buyers(rowCount: 2000)), state = _folder.PathOf("state"), model = _folder.PathOf("model.zip");
        string whole = Fingerprint(Train(data));
        using var source = new CancellationTokenSource();
        source.CancelAfter(TimeSpan.FromMilliseconds(300));

        var cut = ToolRun.Of(
            source.Token, "train", data, "-l", "buys?", "--preset", "fast", "--epochs", "25", "--out", model, "--checkpoint", state);

        Assert.True(cut.ExitCode == ExitCode.Interrupted || cut.IsDone, cut.Error);
        Assert.Equal(whole, Fingerprint(Train(data, "--checkpoint", state)));
        Assert.Contains(_folder.FileNames, name => name!.StartsWith("state", StringComparison.Ordinal));
        // Another table does not go on from it.
        string other = Write(ExampleTables.Buyers(rowCount: 2000, seed: 3));
        string refused = ToolRun.Fails(ExitCode.BadInput, [
            "train", other, "-l", "buys?", "--preset", "fast", "--epochs", "25", "--out", model, "--checkpoint", state]);
        Assert.EndsWith("Give --checkpoint another path, or delete all files whose names begin with that path.", refused);
        Assert.DoesNotContain("Resume", refused);
        Assert.Contains("it must be a file", ToolRun.Fails(ExitCode.Usage, "train", data, "-l", "buys?", "--checkpoint", "-"));

        string Fingerprint(JsonElement _) => ToolRun.Json("inspect", model).GetProperty("fingerprint").GetString()!;
    }

    private JsonElement Train(string data, params string[] more) => ToolRun.Json(
        ["train", data, "-l", "buys?", "--preset", "fast", "--epochs", "25", "--out", _folder.PathOf("model.zip"), .. more]);

    private string Predicted(string data)
    {
        string scored = _folder.PathOf("scored.csv");
        Assert.True(ToolRun.Of("predict", _folder.PathOf("model.zip"), data, "--out", scored).IsDone);
        return File.ReadAllText(scored);
    }

    private string Write(string text)
    {
        string path = _folder.PathOf($"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
