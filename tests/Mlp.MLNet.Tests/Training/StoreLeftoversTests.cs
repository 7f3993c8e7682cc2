using Mlp.Training.Checkpoints;

namespace Mlp.MLNet.Tests;

public sealed class StoreLeftoversTests : StoredTraining
{
    [Fact]
    public void RowsOfAKilledTraining_AreRemoved_AndTheLogSaysSo()
    {
        // The number of a process is in the lock's length; no process has the file open.
        string killed = Leave("mlp-rows-0123456789abcdef", "rows", "bucket.000"), second = Leave("mlp-rows-0123456789abcdef-1");
        File.WriteAllBytes(killed + ".lock", new byte[4_000_000]);

        Fit(options => options.RowStore = Disk);

        Assert.All([killed, second], path => Assert.Contains(
            Log, line => line.Contains($"'{path}', rows that a training left that was killed, is removed.", StringComparison.Ordinal)));
        Assert.Empty(Folder.FileNames);
    }

    [Fact]
    public void RowsThatACheckpointComesBackFor_Stay()
    {
        Assert.Throws<TimeoutException>(() => Fit(options =>
        {
            (options.RowStore, options.Checkpoint) = (Disk, new Checkpoint(Folder.PathOf("checkpoint")) { EveryEpochs = 1 });
            options.EpochCallback = report => _ = report.Epoch == 2 ? throw new TimeoutException() : 0;
        }));
        string folder = Assert.Single(Directory.GetDirectories(Folder.FullPath));

        Fit(options => (options.RowStore, options.Seed) = (Disk, 4));

        Assert.Equal([folder], Directory.GetDirectories(Folder.FullPath));
        Assert.True(File.Exists(Path.Combine(folder, "rows")));
    }

    [Fact]
    public void RowsInUse_AndFoldersOfOtherNames_Stay()
    {
        string used = Leave("mlp-rows-0123456789abcdef", "rows");
        string[] others = [Leave("mlp-rows-mine", "rows"), Leave("mlp-rows-0123456789abcdef-old"), Leave("rows")];
        using var held = CheckpointLock.TryAcquire(used + ".lock");
        Assert.NotNull(held);

        Fit(options => options.RowStore = Disk);

        Assert.All([used, .. others], path => Assert.True(Directory.Exists(path), path));
        Assert.DoesNotContain(Log, line => line.Contains("was killed", StringComparison.Ordinal));
    }

    [Fact]
    public void ALink_AndWhatItLeadsTo_Stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        string target = Leave("target", "precious"), link = Folder.PathOf("mlp-rows-0123456789abcdef");
        Directory.CreateSymbolicLink(link, target);

        Fit(options => options.RowStore = Disk);

        Assert.True(File.Exists(Path.Combine(link, "precious")));
    }

    private string Leave(string name, params string[] files)
    {
        string path = Directory.CreateDirectory(Folder.PathOf(name)).FullName;
        foreach (string file in files)
            File.WriteAllText(Path.Combine(path, file), "left");
        return path;
    }
}
