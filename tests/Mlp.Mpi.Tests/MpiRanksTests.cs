using Mlp.TestSupport;

namespace Mlp.Mpi.Tests;

/// <summary>Trainings on ranks that are processes, started by mpirun. The tests of the engine do the same on ranks that are
/// threads.</summary>
[Trait("Speed", "Slow")]
public sealed class MpiRanksTests : IDisposable
{
    private const string Case = "adam-dropout", Shards = "8";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Libraries => [.. MpiRun.Libraries];

    public static TheoryData<string, int> LibrariesAndCounts
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string library in MpiRun.Libraries)
            {
                foreach (int count in (int[])[1, 2, 3, 4, 8])
                    data.Add(library, count);
            }
            return data;
        }
    }

    private static string Expected => TrainingCase.Find(Case).Run(settings => settings with { GradientShards = 8 }).Hash;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(LibrariesAndCounts))]
    public void AnyNumberOfRanks_GivesTheBitsOfOneProcess(string library, int count)
    {
        var run = MpiRun.OfRanks(library, count, Case, Shards);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(
            Enumerable.Range(0, count).Select(rank => $"rank {rank} of {count}: {Expected}"), run.Out.Order(StringComparer.Ordinal));
    }

    /// <summary>Several portions of validation rows, and gradients of more than a portion.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void WideNetwork_GivesTheBitsOfOneProcess(string library)
    {
        var run = MpiRun.OfRanks(library, 3, "wide", "4");
        string expected = TrainingCase.Wide.Run(settings => settings with { GradientShards = 4 }).Hash;
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(3, run.Out.Count(line => line.EndsWith($" of 3: {expected}", StringComparison.Ordinal)));
    }

    [Fact]
    public void WithoutMpirun_ThereIsOneRank()
    {
        var run = MpiRun.Run(new("dotnet", [MpiRun.RankProgram, "rank", Case, Shards])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["TERM"] = "dumb" },
        });
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal([$"rank 0 of 1: {Expected}"], run.Out);
    }

    /// <summary>Three ranks, of which one fails half-way; then two; each goes on from the checkpoint of rank 0.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Restart_WithAnotherNumberOfRanks_EndsWithTheSameBits(string library)
    {
        string[] arguments = [Case, Shards, "--checkpoint", _folder.PathOf("training.checkpoint")];
        Assert.NotEqual(0, MpiRun.OfRanks(library, 3, [.. arguments, "--at", "1:15", "kill"]).Code);
        Assert.True(File.Exists(arguments[^1]));
        var run = MpiRun.OfRanks(library, 2, arguments);
        Assert.True(run.Code == 0, run.Error);
        Assert.All(run.Out, line => Assert.EndsWith(Expected, line, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void RankThatFails_EndsTheOthers_WithItsNameAndReason(string library)
    {
        var run = MpiRun.OfRanks(library, 3, Case, Shards, "--at", "2:13", "throw");
        Assert.NotEqual(0, run.Code);
        AssertNoResults(run, rankCount: 3);
        // On each rank; on a busy machine mpirun may end one before its line is out.
        string[] lines = LinesOf(run, "rank 2 (host ");
        Assert.InRange(lines.Length, 1, 3);
        Assert.All(lines, line => Assert.EndsWith(") failed: The cable was cut.", line, StringComparison.Ordinal));
    }

    /// <summary>mpirun ends the other ranks: OpenMPI's asks them to, and they say why; MPICH's kills them, and says it itself.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void RankThatIsKilled_EndsTheJob(string library)
    {
        var run = MpiRun.OfRanks(library, 3, Case, Shards, "--at", "2:13", "kill");
        Assert.NotEqual(0, run.Code);
        AssertNoResults(run, rankCount: 3);
        if (library == "OpenMPI")
            Assert.Contains(LinesOf(run, "rank 2 (host "), line => line.Contains(") has ended: it was killed, ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Divergence_EndsEveryRank_WithItsReason(string library)
    {
        var run = MpiRun.OfRanks(library, 2, "sgd", Shards, "--rate", "1e9");
        Assert.NotEqual(0, run.Code);
        AssertNoResults(run, rankCount: 2);
        Assert.InRange(
            LinesOf(run, "rank ").Count(
                line => line.Contains(") failed: The training loss became Infinity in epoch 1", StringComparison.Ordinal)), 1, 2);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void RankWithOtherSettings_IsNamed(string library)
    {
        var run = MpiRun.OfRanks(library, 3, "sgd", Shards, "--seed", "1:9");
        Assert.NotEqual(0, run.Code);
        Assert.Contains(" do not train the same. From the first to the second: Seed was 5 and is 9. ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void RankThatIsCancelled_CancelsAllAfterTheSameStep(string library)
    {
        var run = MpiRun.OfRanks(library, 3, Case, Shards, "--at", "1:13", "cancel");
        Assert.True(run.Code == 0, run.Error);
        Assert.Single(run.Out.Select(line => line.Split(": ")[1]).Distinct());
        Assert.All(run.Out, line => Assert.EndsWith(" cancelled", line, StringComparison.Ordinal));
    }

    /// <summary>MPICH's mpirun writes of a process that has ended to where results would be.</summary>
    private static void AssertNoResults(MpiRun run, int rankCount) =>
        Assert.DoesNotContain(run.Out, line => line.Contains($" of {rankCount}: ", StringComparison.Ordinal));

    private static string[] LinesOf(MpiRun run, string start) =>
        [.. run.Error.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal))];
}
