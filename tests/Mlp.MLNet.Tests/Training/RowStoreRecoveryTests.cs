namespace Mlp.MLNet.Tests;

/// <summary>What becomes of rows on disk when a training ends before its time, and who finds them again.</summary>
public sealed class RowStoreRecoveryTests : StoredTraining
{
    [Theory]
    [InlineData(null)]
    [InlineData("blobs, 150 rows")]
    public void InterruptedTraining_FindsItsRows_AndEndsWithTheSameBits(string? source)
    {
        string expected = Fit(options => options.RowStore = Disk);
        int epochs = 0;
        void Interrupted(MlpOptions options)
        {
            options.RowStore = Disk with { Source = source };
            options.Checkpoint = new Checkpoint(Folder.PathOf("checkpoint")) { EveryEpochs = 1 };
            options.EpochCallback = report => epochs += report.Epoch == 2 && epochs++ == 0 ? throw new TimeoutException() : 0;
        }

        Assert.Throws<TimeoutException>(() => Fit(Interrupted));
        string folder = Assert.Single(Directory.GetDirectories(Folder.FullPath));
        Assert.Contains(Log, line => line.Contains($"The rows stay on disk, in '{folder}'", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(folder, "rows"));
        Log.Clear();

        Assert.Equal(expected, Fit(Interrupted));
        Assert.Contains(Log, line => line.Contains($"150 rows were found on disk, in '{folder}'", StringComparison.Ordinal));
        Assert.DoesNotContain(Log, line => line.Contains("shuffled", StringComparison.Ordinal));
        Assert.True(written > DateTime.UnixEpoch);
        Assert.Empty(Directory.GetDirectories(Folder.FullPath));
    }

    [Fact]
    public void RowsOfDataThatHasChanged_AreWrittenAnew()
    {
        Blobs.Row[] rows = Blobs.Rows(1_200);
        Interrupt(rows);
        rows[^1].Price += 1;
        Log.Clear();

        // Nothing but the last row tells them apart, and the checkpoint is another training's.
        string message = Assert.Throws<InvalidOperationException>(() => Fit(WithCheckpoint, rows)).Message;

        Assert.Contains(Log, line => line.Contains("are not those of the data any more", StringComparison.Ordinal));
        Assert.Contains("Checksum of the training rows on disk", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedRows_AreWrittenAnew_OrEndTheTraining()
    {
        string expected = Fit(options => options.RowStore = Disk);
        Interrupt();
        string file = Path.Combine(Assert.Single(Directory.GetDirectories(Folder.FullPath)), "rows");
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. bytes[..^1], (byte)~bytes[^1]]);
        Log.Clear();

        Assert.Equal(expected, Fit(WithCheckpoint));
        Assert.Contains(Log, line => line.Contains("does not end as a row store does", StringComparison.Ordinal)
            && line.Contains("The rows are written anew.", StringComparison.Ordinal));

        foreach (string checkpoint in Directory.GetFiles(Folder.FullPath))
            File.Delete(checkpoint);
        Interrupt();
        file = Path.Combine(Assert.Single(Directory.GetDirectories(Folder.FullPath)), "rows");
        bytes[3] ^= 1;
        File.WriteAllBytes(file, bytes);
        var exception = Assert.Throws<RowStoreException>(() => Fit(WithCheckpoint));
        Assert.Contains($"Block 0 of 2 of row store '{file}'", exception.Message, StringComparison.Ordinal);
        // The next one reads the data.
        Assert.Empty(Directory.GetDirectories(Folder.FullPath));
        Assert.Equal(expected, Fit(WithCheckpoint));
    }

    /// <summary>As a kill leaves them that comes while they are removed, or somebody who tidied up.</summary>
    [Fact]
    public void RowsWithoutTheirSample_AreWrittenAnew()
    {
        string expected = Fit(options => options.RowStore = Disk);
        Interrupt();
        File.Delete(Path.Combine(Assert.Single(Directory.GetDirectories(Folder.FullPath)), "bucket.000"));
        Log.Clear();

        Assert.Equal(expected, Fit(WithCheckpoint));
        Assert.Contains(
            Log, line => line.Contains("bucket.000' of a row store is missing. The rows are written anew.", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutCheckpoint_NothingStays_WhateverHappens()
    {
        Assert.Throws<TimeoutException>(() => Fit(options =>
            (options.RowStore, options.EpochCallback) = (Disk, _ => throw new TimeoutException())));
        Assert.Empty(Directory.GetFileSystemEntries(Folder.FullPath));
    }

    [Fact]
    public void SameRowsSideBySide_HaveAFolderEach()
    {
        string? inner = null;
        string outer = Fit(options =>
        {
            options.RowStore = Disk;
            options.EpochCallback = _ => inner ??= Fit(other => other.RowStore = Disk);
        });
        Assert.Equal(inner, outer);
        Assert.Contains(Log, line => line.Contains("-1'.", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(Folder.FullPath));
    }

    private void WithCheckpoint(MlpOptions options) =>
        (options.RowStore, options.Checkpoint) = (Disk, new Checkpoint(Folder.PathOf("checkpoint")) { EveryEpochs = 1 });

    /// <summary>Ends a training in its second epoch as a kill would.</summary>
    private void Interrupt(Blobs.Row[]? rows = null) => Assert.Throws<TimeoutException>(() => Fit(options =>
    {
        WithCheckpoint(options);
        options.EpochCallback = report => _ = report.Epoch == 2 ? throw new TimeoutException() : 0;
    }, rows));
}
