using System.Text.Json;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary>Tables in several files, and the names of temporary files.</summary>
public sealed class SeveralFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SeveralFiles_AreOneTable_WhateverTheOrderOfTheirColumns()
    {
        string[] lines = EverydayTables.Leavers().TrimEnd('\n').Split('\n');
        string whole = Write("whole.csv", lines);
        string first = Write("first.csv", lines[..100]);
        string second = Write(
            "second.csv", [.. lines[100..].Prepend(lines[0]).Select(line => string.Join(';', line.Split(',').Reverse()))]);
        string model = _folder.PathOf("model.zip");

        JsonElement one = ToolRun.Json("train", whole, "-l", "leaves", "--preset", "fast", "--epochs", "5", "--out", model);
        JsonElement two = ToolRun.Json("train", first, second, "-l", "leaves", "--preset", "fast", "--epochs", "5", "--out", model);

        Assert.Equal(ToolRun.Metrics(one), ToolRun.Metrics(two));
        Assert.Equal(300, two.GetProperty("table").GetProperty("rows").GetInt32());
        Assert.Equal($"{first}, {second}", two.GetProperty("table").GetProperty("path").GetString());
        Assert.Equal(300, ToolRun.Json("evaluate", model, first, second).GetProperty("rows").GetInt32());
        string scored = _folder.PathOf("scored.csv");
        Assert.Equal(300, ToolRun.Json("predict", model, second, first, "--out", scored).GetProperty("rows").GetInt32());
    }

    [Fact]
    public void SeveralFiles_OfOtherColumns_AreRefused()
    {
        string one = Write("one.csv", ["a,b,y", "1,2,3"]), other = Write("other.csv", ["a,c,y", "1,2,3"]);

        Assert.Contains(
            $"{other} has other columns than {one}: it lacks b; it has besides c.",
            ToolRun.Fails(ExitCode.BadInput, "train", one, other, "-l", "y", "--out", _folder.PathOf("m.zip")));
        Assert.Contains("named more than once", ToolRun.Fails(
            ExitCode.Usage, "train", "-", "-", "-l", "y", "--out", _folder.PathOf("m.zip")));
    }

    [Fact]
    public void TemporaryFiles_HaveTheUsersNames()
    {
        var output = new StringWriter();
        var terminal = new Terminal(output, output, outputIsTerminal: false, errorIsTerminal: false);
        terminal.Rename("copies/standard-input", "standard input");

        terminal.Result("copies/standard-input: 5 rows");
        terminal.Error("copies/standard-input, line 3: a fault");
        terminal.Json("{ \"path\": \"copies/standard-input\" }");

        Assert.Equal(
            ["standard input: 5 rows", "mlp: standard input, line 3: a fault", "{ \"path\": \"standard input\" }"],
            output.ToString().TrimEnd('\n').Split('\n'));
    }

    private string Write(string name, string[] lines)
    {
        string path = _folder.PathOf(name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
