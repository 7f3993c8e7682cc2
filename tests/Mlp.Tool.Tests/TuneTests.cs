using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Tests;

/// <summary><c>mlp train --tune</c>.</summary>
public sealed class TuneTests : IDisposable
{
    private static readonly string[] Few = ["--epochs", "2", "--layers", "4", "--networks", "4"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Tables => new()
    {
        { ExampleTables.Buyers(), "buys?" }, { ExampleTables.Flowers(), "kind" }, { ExampleTables.Prices(), "price" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tune_WritesAModelThatPredicts_AndSaysWhatItTried(string table, string label)
    {
        string data = Write("data.csv", table);

        JsonElement document = Train(data, label, "model.zip", "--tune", "3", "--report", _folder.PathOf("report.html"));

        JsonElement tuning = document.GetProperty("tuning");
        Assert.Equal([0, 1, 2, 3], tuning.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("trial").GetInt32()));
        Assert.True(tuning.GetProperty("loss").GetDouble() <= tuning.GetProperty("defaultLoss").GetDouble());
        Assert.True(File.Exists(_folder.PathOf("report.html")));
        JsonElement predicted = ToolRun.Json("predict", _folder.PathOf("model.zip"), data, "--out", _folder.PathOf("scored.csv"));
        Assert.True(predicted.GetProperty("rows").GetInt32() > 10);
        Assert.Equal(
            4, ToolRun.Json("inspect", _folder.PathOf("model.zip")).GetProperty("networks").GetInt32());
    }

    [Fact]
    public void Tune_GoesOnInItsFolder_AndJobsShareIt()
    {
        string data = Write("data.csv", ExampleTables.Prices());
        Train(data, "price", "whole.zip", "--tune", "2");

        Train(data, "price", "first.zip", "--tune", "2", "--tune-folder", _folder.PathOf("search"));
        int fileCount = Directory.GetFiles(_folder.PathOf("search")).Length;
        // All is done: a job of two has nothing to wait for.
        Train(data, "price", "second.zip", "--tune", "2", "--tune-folder", _folder.PathOf("search"), "--member", "2/2");

        Assert.True(fileCount > 20, $"{fileCount}");
        Assert.Equal(Fingerprint("whole.zip"), Fingerprint("first.zip"));
        Assert.Equal(Fingerprint("whole.zip"), Fingerprint("second.zip"));
        string other = ToolRun.Fails(
            ExitCode.BadInput, "train", data, "--label", "price", "--epochs", "3", "--tune", "2", "--tune-folder",
            _folder.PathOf("search"));
        Assert.Contains("is a trial of another search", other, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTable_IsForPeople()
    {
        string data = Write("data.csv", ExampleTables.Prices());

        var run = ToolRun.Of(["train", data, "--label", "price", .. Few, "--tune", "2", "--out", _folder.PathOf("model.zip")]);

        Assert.True(run.IsDone, run.Error);
        Assert.Contains("2 trials beside the preset itself", run.Out, StringComparison.Ordinal);
        Assert.Contains("trial  rung", run.Out, StringComparison.Ordinal);
        Assert.Contains("Loss on held-out rows: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatMakesNoSense_IsRefused()
    {
        string data = Write("data.csv", ExampleTables.Prices());
        foreach (string wrong in (string[])["0", "m", "10x", "-3", "0.1s", "1e5h"])
        {
            Assert.Contains(
                $"--tune {wrong}: it must be a time, as in 90s, 10m or 2h, or a number of trials from 1, as in 24.",
                ToolRun.Fails(ExitCode.Usage, "train", data, "--label", "price", $"--tune={wrong}"), StringComparison.Ordinal);
        }
        AssertRefused(
            "--checkpoint is for one training, and --tune is a search of many", "--tune", "3", "--checkpoint", _folder.PathOf("c"));
        AssertRefused("--code is for one training", "--tune", "3", "--code", _folder.PathOf("p.cs"));
        AssertRefused("--intervals is for one training", "--tune", "3", "--intervals", "0.9");
        AssertRefused("--replay is for one training", "--tune", "3", "--replay", "10");
        AssertRefused("--tune-folder says where", "--tune-folder", _folder.FullPath);
        AssertRefused("that is a file", "--tune", "3", "--tune-folder", data);
        AssertRefused("they need the same --tune-folder", "--tune", "3", "--member", "1/2");
        AssertRefused(
            "and --tune with a number of trials", "--tune", "3m", "--member", "1/2", "--tune-folder", _folder.PathOf("search"));
        AssertRefused("EarlyStopping is none, but a search", "--tune", "3", "--preset", "plain");

        void AssertRefused(string message, params string[] options) => Assert.Contains(
            message, ToolRun.Fails(ExitCode.Usage, ["train", data, "--label", "price", .. options]), StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterruptedSearch_SaysHowToGoOn()
    {
        string data = Write("data.csv", ExampleTables.Prices());
        using var source = new CancellationTokenSource();
        source.Cancel();
        var run = ToolRun.Of(
            source.Token, "train", data, "--label", "price", "--tune", "3", "--tune-folder", _folder.PathOf("search"), "--out",
            _folder.PathOf("model.zip"));
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.False(File.Exists(_folder.PathOf("model.zip")));
    }

    [Theory]
    [InlineData("24", 24, null)]
    [InlineData("90s", null, 90.0)]
    [InlineData("1.5m", null, 90.0)]
    [InlineData("2h", null, 7200.0)]
    public void Parse_ReadsTimesAndTrials(string text, int? trials, double? seconds) =>
        Assert.Equal(new TunePlan(trials, seconds is double time ? TimeSpan.FromSeconds(time) : null), TunePlan.Parse(text));

    private JsonElement Train(string data, string label, string model, params string[] options) =>
        ToolRun.Json(["train", data, "--label", label, .. Few, "--out", _folder.PathOf(model), .. options]);

    private string Fingerprint(string model) =>
        ToolRun.Json("inspect", _folder.PathOf(model)).GetProperty("fingerprint").GetString()!;

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.PathOf(name), text);
        return _folder.PathOf(name);
    }
}
