using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary><c>mlp train --member</c> and <c>mlp join</c>.</summary>
public sealed class MemberTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Tables => new()
    {
        { ExampleTables.Buyers(), "buys?", "binary" },
        { ExampleTables.Flowers(), "kind", "multiclass" },
        { ExampleTables.Prices(), "price", "regression" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tables))]
    public void JoinedParts_AreTheModelOfOneProcess(string table, string label, string task)
    {
        string data = Write("data.csv", table);
        string[] threshold = task == "binary" ? ["--threshold", "0.3"] : [];
        string[] options = [data, "--label", label, "--networks", "5", "--epochs", "3", .. threshold];
        JsonElement whole = ToolRun.Json(["train", .. options, "--out", _folder.PathOf("whole.zip")]);
        Assert.Equal(task, whole.GetProperty("table").GetProperty("label").GetProperty("task").GetString());
        for (int number = 1; number <= 2; number++)
        {
            JsonElement part = ToolRun.Json(["train", .. options, "--member", $"{number}/2", "--out", _folder.PathOf($"part{number}")]);
            Assert.Equal($"{number}/2", part.GetProperty("part").GetString());
            // Networks 1 and 3 of three, with the refit of the first; network 2 with its own.
            Assert.Equal(number == 1 ? 3 : 2, part.GetProperty("networks").GetInt32());
        }

        JsonElement joined = ToolRun.Json(
            "join", _folder.PathOf("part2"), _folder.PathOf("part1"), "--out", _folder.PathOf("joined.zip"));

        Assert.Equal((2, 5), (joined.GetProperty("parts").GetInt32(), joined.GetProperty("networks").GetInt32()));
        Assert.Equal(Inspect("whole.zip", "fingerprint"), Inspect("joined.zip", "fingerprint"));
        Assert.Equal(Inspect("whole.zip", "temperature"), Inspect("joined.zip", "temperature"));
        Assert.Equal(Predict("whole.zip", data), Predict("joined.zip", data));
        Assert.Equal("True", Inspect("joined.zip", "isFromTool"));
    }

    [Fact]
    public void WhatNeedsAllNetworks_IsRefused()
    {
        string data = Write("data.csv", ExampleTables.Buyers());
        foreach (string[] option in (string[][])[
            ["--report", _folder.PathOf("r.html")], ["--code", _folder.PathOf("p.cs")], ["--cv", "3"], ["--threshold", "auto"]])
        {
            string name = option[0] == "--threshold" ? "--threshold auto" : option[0];
            Assert.Equal(
                $"mlp: {name} needs all networks, and --member 1/2 trains some of them. Leave {name} out, or train without --member.",
                ToolRun.Fails(ExitCode.Usage, ["train", data, "--label", "buys?", "--member", "1/2", .. option]));
        }
        foreach (string wrong in (string[])["3/2", "0/2", "2", "a/b", "-1/2", "1/2/3"])
        {
            Assert.Contains(
                $"--member {wrong}: it must be the number of this job and that of all jobs",
                ToolRun.Fails(ExitCode.Usage, "train", data, "--label", "buys?", $"--member={wrong}"), StringComparison.Ordinal);
        }
        Assert.EndsWith(
            "--member is 3/3, but only 2 networks are trained side by side: a job would have none. Use at most 2 jobs, or train more "
                + "networks.",
            ToolRun.Fails(ExitCode.Usage, "train", data, "--label", "buys?", "--member", "3/3", "--networks", "4"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void PartsThatCannotBeJoined_AreNamed()
    {
        string data = Write("data.csv", ExampleTables.Buyers()), part = _folder.PathOf("part1"), model = _folder.PathOf("model.zip");
        ToolRun.Json(
            "train", data, "--label", "buys?", "--preset", "plain", "--networks", "2", "--epochs", "1", "--member", "1/2", "--out", part);
        Assert.Equal(
            "mlp: Part 2/2 of the training is missing; 1 of 2 are there. Train it, and join all of them.",
            ToolRun.Fails(ExitCode.BadInput, "join", part, "--out", model));
        Assert.Equal(
            $"mlp: '{data}' cannot be read: This is not a part of a training: it does not begin with MLPPARTS.",
            ToolRun.Fails(ExitCode.BadInput, "join", part, data, "--out", model));
        Assert.Equal(
            "mlp: There is no part 'nothing'. mlp train --member writes one.", ToolRun.Fails(ExitCode.BadInput, "join", "nothing"));
        Assert.Contains(
            "the command reads that file", ToolRun.Fails(ExitCode.Usage, "join", part, "--out", part), StringComparison.Ordinal);
        Assert.False(File.Exists(model));
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.PathOf(name), text);
        return _folder.PathOf(name);
    }

    private string Inspect(string model, string property) =>
        ToolRun.Json("inspect", _folder.PathOf(model)).GetProperty(property).ToString();

    private string Predict(string model, string data)
    {
        string scored = _folder.PathOf(model + ".csv");
        Assert.True(ToolRun.Of("predict", _folder.PathOf(model), data, "--out", scored).IsDone);
        return File.ReadAllText(scored);
    }
}
