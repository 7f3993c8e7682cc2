using System.Globalization;
using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary><c>mlp distill</c>.</summary>
public sealed class DistillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneNetwork_PredictsWhatTheOthersDo_AndIsSmaller()
    {
        string data = Write("table.csv", ExampleTables.Prices()), rows = Write("rows.csv", ExampleTables.Prices(60, seed: 4));
        string model = Train(data), small = _folder.PathOf("small.zip");
        JsonElement document = ToolRun.Json("distill", model, data, "--out", small);
        Assert.Equal(4, document.GetProperty("networks").GetInt32());
        Assert.True(new FileInfo(small).Length < new FileInfo(model).Length / 2);

        float[] scores = Scores(model, rows), distilled = Scores(small, rows);
        double mean = scores.Average(), variance = scores.Average(score => Math.Pow(score - mean, 2));
        double difference = scores.Zip(distilled).Average(pair => Math.Pow(pair.First - pair.Second, 2));
        Assert.InRange(difference / variance, 0, 0.01);
        // What the tool knows of the table is in the new zip, too.
        Assert.True(ToolRun.Of("evaluate", small, data).IsDone);
    }

    [Fact]
    public void RowsWithoutLabel_AreEnough()
    {
        string[] lines = ExampleTables.Prices().TrimEnd('\n').Split('\n');
        int label = Array.IndexOf(lines[0].TrimEnd('\r').Split(','), "price");
        string unlabelled = string.Join(
            '\n', lines.Select(line => string.Join(',', line.TrimEnd('\r').Split(',').Where((_, index) => index != label))));
        string model = Train(Write("table.csv", ExampleTables.Prices())), small = _folder.PathOf("small.zip");
        Assert.True(ToolRun.Of("distill", model, Write("unlabelled.csv", unlabelled), "--out", small).IsDone);
        Assert.True(File.Exists(small));
    }

    [Fact]
    public void WhatCannotBeDistilled_IsSaid()
    {
        string data = Write("table.csv", ExampleTables.Prices()), small = _folder.PathOf("small.zip");
        string model = Train(data, "--preset", "fast");
        string line = ToolRun.Fails(ExitCode.BadInput, "distill", model, data, "--out", small);
        Assert.Contains("has one network already", line, StringComparison.Ordinal);
        line = ToolRun.Fails(ExitCode.Usage, "distill", model, data, "--out", small, "--epochs", "0");
        Assert.Contains("--epochs is 0; it must be at least 1", line, StringComparison.Ordinal);
        model = Train(data, "--networks", "4", "--intervals", "0.8");
        line = ToolRun.Fails(ExitCode.BadInput, "distill", model, data, "--out", small);
        Assert.Contains("without --intervals", line, StringComparison.Ordinal);
        Assert.False(File.Exists(small));
    }

    private string Train(string data, params string[] more)
    {
        string model = _folder.PathOf("model.zip");
        string[] options = more.Length > 0 ? more : ["--networks", "4"];
        ToolRun.Json(["train", data, "--label", "price", "--epochs", "20", "--out", model, .. options]);
        return model;
    }

    private float[] Scores(string model, string data)
    {
        string path = _folder.PathOf("scored.csv");
        var run = ToolRun.Of("predict", model, data, "--out", path);
        Assert.True(run.IsDone, run.Error);
        return [.. File.ReadLines(path).Skip(1).Select(line => float.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture))];
    }

    private string Write(string name, string text)
    {
        string path = _folder.PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }
}
