using Mlp.Mpi.Tests;
using Mlp.TestSupport;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests;

/// <summary><c>mlp train --mpi</c>, by mpirun and without it.</summary>
public sealed class MpiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Libraries => [.. MpiRun.Libraries];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WithoutMpirun_OneProcessTrainsTheModelOfItsShards()
    {
        string[] arguments = Arguments();
        Assert.True(ToolRun.Of([.. arguments, "--mpi", "--out", _folder.PathOf("mpi.zip")]).IsDone);
        Assert.True(ToolRun.Of([.. arguments, "--shards", "8", "--out", _folder.PathOf("shards.zip")]).IsDone);
        Assert.True(ToolRun.Of([.. arguments, "--out", _folder.PathOf("whole.zip")]).IsDone);
        Assert.Equal(Fingerprint("shards.zip"), Fingerprint("mpi.zip"));
        Assert.NotEqual(Fingerprint("whole.zip"), Fingerprint("mpi.zip"));
    }

    /// <summary>Three ranks train; a fourth run of two ranks finds all done in the checkpoints.</summary>
    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Ranks_TrainTheModelOfOneProcess_AndTheFirstAloneWritesAndTells(string library)
    {
        string[] arguments = Arguments();
        Assert.True(ToolRun.Of([.. arguments, "--shards", "8", "--out", _folder.PathOf("one.zip")]).IsDone);
        foreach (int count in (int[])[3, 2])
        {
            MpiRun run = Run(
                library, count, [.. arguments, "--mpi", "--out", _folder.PathOf("many.zip"), "--checkpoint", _folder.PathOf("state")]);
            // A model of two epochs may be no better than a guess.
            Assert.True(run.Code is 0 or (int)ExitCode.NoBetterThanGuess, run.Error);
            Assert.Single(run.Out, line => line.StartsWith("Written: ", StringComparison.Ordinal));
            Assert.Equal(Fingerprint("one.zip"), Fingerprint("many.zip"));
        }
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Error_IsToldOnEveryRank_Once(string library)
    {
        MpiRun run = Run(library, 2, [.. Arguments(), "--mpi", "--shards", "3"]);
        Assert.NotEqual(0, run.Code);
        string[] lines = [.. run.Error.Split('\n').Where(line => line.StartsWith("mlp: rank ", StringComparison.Ordinal))];
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.EndsWith(
            ") failed: --shards is 3; it must be a power of two from 1 to 1,024.", line, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatContradictsMpi_IsRefused()
    {
        Assert.StartsWith(
            "mlp: --mpi and --member 1/2 contradict each other:",
            ToolRun.Fails(ExitCode.Usage, [.. Arguments(), "--mpi", "--member", "1/2"]),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "mlp: --mpi and - contradict each other:", ToolRun.Fails(ExitCode.Usage, "train", "-", "--label", "buys?", "--mpi"),
            StringComparison.Ordinal);
    }

    private static MpiRun Run(string library, int count, string[] arguments) =>
        MpiRun.Of(library, count, ["dotnet", Path.Combine(AppContext.BaseDirectory, "Mlp.Tool.dll"), .. arguments]);

    private string[] Arguments()
    {
        string data = _folder.PathOf("data.csv");
        File.WriteAllText(data, ExampleTables.Buyers());
        return ["train", data, "--label", "buys?", "--networks", "2", "--epochs", "2"];
    }

    private string Fingerprint(string name) => ToolRun.Json("inspect", _folder.PathOf(name)).GetProperty("fingerprint").GetString()!;
}
