using System.Globalization;
using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>--intervals, and what evaluate and predict make of it.</summary>
public sealed class IntervalCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Intervals_AreJudged_Predicted_AndInTheProgram()
    {
        string model = Train(ExampleTables.Prices(), "price", out JsonElement training, out string code);
        Assert.InRange(ToolRun.Metrics(training)["coverage"].Value, 0.5, 1);
        Assert.True(ToolRun.Metrics(training)["meanIntervalWidth"].Value > 0);
        Assert.Contains("PredictionIntervals = 0.8,", File.ReadAllText(code), StringComparison.Ordinal);

        string[][] rows = Predict(model, ExampleTables.Prices(60, seed: 4));
        Assert.Equal(["Score", "Score.Lower", "Score.Upper"], rows[0][^3..]);
        foreach (string[] row in rows[1..])
        {
            float[] values = [.. row[^3..].Select(field => float.Parse(field, CultureInfo.InvariantCulture))];
            Assert.True(values[1] <= values[0] && values[0] <= values[2]);
        }
    }

    [Fact]
    public void Sets_AreJudged_AndPredicted()
    {
        string model = Train(ExampleTables.Flowers(), "kind", out JsonElement training, out _);
        Assert.InRange(ToolRun.Metrics(training)["coverage"].Value, 0.5, 1);
        Assert.InRange(ToolRun.Metrics(training)["meanSetSize"].Value, 1, 3);
        string[][] rows = Predict(model, ExampleTables.Flowers(60, seed: 4));
        Assert.Equal("PredictedLabelSet", rows[0][^1]);
        int predicted = Array.IndexOf(rows[0], "PredictedLabel");
        Assert.All(rows[1..], row => Assert.Contains(row[predicted], row[^1].Split(';')));
    }

    [Fact]
    public void SeveralLevels_AreAllJudged_Predicted_AndInTheProgramAndTheReport()
    {
        (string report, string levels) = (_folder.PathOf("report.html"), "0.9,0.5");
        string model = Train(ExampleTables.Prices(), "price", out JsonElement training, out string code, levels, "--report", report);
        Dictionary<string, (double Value, double?)> metrics = ToolRun.Metrics(training);
        Assert.InRange(metrics["coverage"].Value, metrics["coverage.0.5"].Value, 1);
        Assert.True(metrics["meanIntervalWidth"].Value > metrics["meanIntervalWidth.0.5"].Value);
        Assert.Contains("PredictionIntervals = [0.5, 0.9],", File.ReadAllText(code), StringComparison.Ordinal);
        Assert.Contains("2 levels. Intervals of the level 90", File.ReadAllText(report), StringComparison.Ordinal);

        string[][] rows = Predict(model, ExampleTables.Prices(60, seed: 4));
        Assert.Equal(["Score", "Score.Lower.0.5", "Score.Lower.0.9", "Score.Upper.0.5", "Score.Upper.0.9"], rows[0][^5..]);
        foreach (string[] row in rows[1..])
        {
            float[] values = [.. row[^5..].Select(field => float.Parse(field, CultureInfo.InvariantCulture))];
            float[] ascending = [values[2], values[1], values[0], values[3], values[4]];
            Assert.Equal(ascending.Order(), ascending);
        }
        Assert.Equal(metrics.Keys, ToolRun.Metrics(ToolRun.Json("evaluate", model, Write(ExampleTables.Prices()))).Keys);
    }

    [Theory]
    [InlineData("0.5,0.5", "--intervals 0.5,0.5: a level is given twice; give each once.")]
    [InlineData("0.5,1", "--intervals 0.5,1: '1' must lie between 0 and 1, for example 0.9; several are separated by commas.")]
    [InlineData("0.5;0.9", "--intervals 0.5;0.9: it must lie between 0 and 1, for example 0.9; several are separated by commas.")]
    public void LevelsThatAreNone_AreAUsageError(string levels, string expected)
    {
        string line = ToolRun.Fails(
            ExitCode.Usage, "train", Write(ExampleTables.Prices()), "--label", "price", "--intervals", levels);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralLevelsOfSets_AreAUsageError_BeforeTraining()
    {
        string line = ToolRun.Fails(
            ExitCode.Usage, "train", Write(ExampleTables.Flowers()), "--label", "kind", "--intervals", "0.5,0.9");
        Assert.Contains(
            "--intervals 0.5,0.9: sets of classes have one level, and column 'kind' has classes. Give one level.", line,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LevelOutOfRange_IsAUsageError()
    {
        string data = Write(ExampleTables.Prices());
        string line = ToolRun.Fails(ExitCode.Usage, "train", data, "--label", "price", "--intervals", "90");
        Assert.Contains("--intervals 90: it must lie between 0 and 1", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price", "float Lower, float Upper")]
    [InlineData("kind", "bool[] PredictedLabelSet")]
    public void Export_OfAClass_HasThem_UnlessTheyAreLeftOut(string label, string members)
    {
        string model = Train(label == "price" ? ExampleTables.Prices() : ExampleTables.Flowers(), label, out _, out _);
        string source = _folder.PathOf("Exported.cs");
        string[] export = ["export", model, "--csharp", source];

        Assert.Equal(ExitCode.Success, ToolRun.Of(export).ExitCode);
        Assert.Contains(members, File.ReadAllText(source));
        Assert.Equal(ExitCode.Success, ToolRun.Of([.. export, "--without-intervals"]).ExitCode);
        Assert.DoesNotContain(members, File.ReadAllText(source));
        Assert.Equal(ExitCode.Success, ToolRun.Of("export", model, "--safetensors", _folder.PathOf("weights")).ExitCode);
    }

    private string Train(
        string text, string label, out JsonElement document, out string code, string levels = "0.8", params string[] further)
    {
        (string model, code) = (_folder.PathOf("model.zip"), _folder.PathOf("Program.cs"));
        document = ToolRun.Json([
            "train", Write(text), "--label", label, "--preset", "fast", "--epochs", "30", "--intervals", levels, "--out", model, "--code",
            code, .. further]);
        return model;
    }

    private string[][] Predict(string model, string text)
    {
        string path = _folder.PathOf("scored.csv");
        var run = ToolRun.Of("predict", model, Write(text), "--out", path);
        Assert.True(run.IsDone, run.Error);
        return [.. File.ReadLines(path).Select(line => line.Split(','))];
    }

    private string Write(string text)
    {
        string path = _folder.PathOf("table.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
