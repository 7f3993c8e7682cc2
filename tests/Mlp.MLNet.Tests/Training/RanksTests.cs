using Mlp.MLNet.Tests.BadData;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Training;

/// <summary>Trainers on several ranks, which are threads here.</summary>
public class RanksTests
{
    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void EveryRank_GetsTheModelOfOneProcess(string task)
    {
        TableView rows = new Table().View();
        string expected = Fit(task, rows, ranks: null);
        Assert.All(ThreadRanks.Run(3, ranks => Fit(task, rows, ranks)), fingerprint => Assert.Equal(expected, fingerprint));

        static string Fit(string task, TableView rows, Ranks? ranks)
        {
            MlpOptions options = EveryTask.Options(task);
            (options.GradientShards, options.Ranks) = (4, ranks);
            return EveryTask.Fit(options, rows).Model.Fingerprint;
        }
    }

    /// <summary>Ranks of one machine write their rows side by side into one folder, with a checkpoint, for which the rows stay, and
    /// without.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RowsOnDisk_GiveEveryRankTheModelOfOneProcess(bool hasCheckpoint)
    {
        TableView rows = new Table().View();
        using var folder = new TemporaryFolder();
        string task = EveryTask.Names[0];
        string expected = Fit(ranks: null);
        Assert.All(ThreadRanks.Run(3, Fit), fingerprint => Assert.Equal(expected, fingerprint));
        Assert.Empty(Directory.GetDirectories(folder.FullPath));

        string Fit(Ranks? ranks)
        {
            MlpOptions options = EveryTask.Options(task);
            (options.GradientShards, options.Ranks) = (4, ranks);
            options.RowStore = RowStore.Disk with { Directory = folder.FullPath };
            options.Checkpoint = hasCheckpoint ? new Checkpoint(folder.PathOf($"{ranks is null}.checkpoint")) : null;
            return EveryTask.Fit(options, rows).Model.Fingerprint;
        }
    }

    [Fact]
    public void RankWhoseRowsCannotBeRead_EndsTheOthers()
    {
        TableView rows = new Table().View();
        (_, Exception?[] failures) = ThreadRanks.Try(2, ranks =>
        {
            MlpOptions options = EveryTask.Options(EveryTask.Names[0]);
            (options.GradientShards, options.Ranks) = (4, ranks);
            if (ranks.Rank == 1)
                options.LabelColumnName = "Nothing";
            return EveryTask.Fit(options, rows).Model.Fingerprint;
        });
        Assert.StartsWith("rank 1 failed: Could not find label column 'Nothing'", Assert.IsType<RankFailedException>(failures[0]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatContradictRanks_AreRefused()
    {
        (_, Exception?[] failures) = ThreadRanks.Try(
            2, ranks => new MlpBinaryTrainer.Options { GradientShards = 4, Ranks = ranks }.Validate());
        Assert.All(failures, failure => Assert.StartsWith(
            "Ranks is set, but Seed is not; all ranks draw the same numbers. Set Seed, for example to 1.", failure!.Message,
            StringComparison.Ordinal));
        (_, failures) = ThreadRanks.Try(2, ranks => new MlpBinaryTrainer.Options
        {
            GradientShards = 4,
            Ranks = ranks,
            Seed = 1,
            Part = new EnsemblePart(1, 2),
        }.Validate());
        Assert.All(failures, failure => Assert.StartsWith("Part is set, and Ranks, too;", failure!.Message, StringComparison.Ordinal));
        var exception = Assert.ThrowsAny<ArgumentException>(() => new MlpBinaryTrainer.Options { GradientShards = 128 }.Validate());
        Assert.StartsWith("GradientShards is 128, but a batch has 64 rows.", exception.Message, StringComparison.Ordinal);
    }
}
