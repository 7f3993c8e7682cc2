using Microsoft.ML;
using Mlp.MLNet.Tests.BadData;

namespace Mlp.MLNet.Tests;

/// <summary>What cannot be trained from disk, or from such rows.</summary>
public sealed class RowStoreRefusalTests : StoredTraining
{
    [Theory]
    [InlineData("Optimizer is Lbfgs, which takes all rows in every step. Set RowStore to Memory, or Optimizer to another value.")]
    [InlineData("Shuffle is false, and rows on disk are in a random order. Set RowStore to Memory, or Shuffle to another value.")]
    [InlineData("BatchSize is FullBatch, all rows in every step. Set RowStore to Memory, or BatchSize to another value.")]
    public void OptionThatNeedsRowsInMemory_IsRefused_WithItsName(string expected)
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.RowStore = Disk;
        switch (expected.Split(' ')[0])
        {
            case "Optimizer": options.Optimizer = new Lbfgs(); break;
            case "Shuffle": options.Shuffle = false; break;
            default: options.BatchSize = TrainingSettings.FullBatch; break;
        }
        string message = Assert.Throws<ArgumentException>(() => Context().Regression.Trainers.Mlp(options)).Message;
        Assert.Contains($"RowStore is Disk, and {expected}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryThatIsNotThere_IsRefused_WhenTheTrainerIsMade()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.RowStore = RowStore.Auto with { Directory = Folder.PathOf("none") };
        string message = Assert.Throws<ArgumentException>(() => Context().Regression.Trainers.Mlp(options)).Message;
        Assert.Contains($"Directory of RowStore is '{Folder.PathOf("none")}', which is no folder.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryWithoutRoom_IsRefused_BeforeReading()
    {
        var table = new Table { ClaimedRowCount = 1L << 50 };
        MlpOptions options = EveryTask.Options("regression");
        (options.RowStore, options.MemoryLimit) = (Disk, double.PositiveInfinity);
        string message = Assert.Throws<RowStoreException>(() => EveryTask.Fit(options, table.View())).Message;
        Assert.Contains("1,125,899,906,842,624 rows on disk take about", message, StringComparison.Ordinal);
        Assert.Contains($"'{Folder.FullPath}' has", message, StringComparison.Ordinal);
    }

    [Fact]
    public void BadRows_AreCounted_AsInMemory()
    {
        string[] messages = [.. new[] { RowStore.Memory, Disk }.Select(store =>
        {
            var table = new Table(rowCount: 2_000);
            table.SetFeature(row: 1_500, slot: 1, float.PositiveInfinity);
            table.SetFeature(row: 1_700, slot: 0, float.NegativeInfinity);
            MlpOptions options = EveryTask.Options("regression");
            options.RowStore = store;
            return Assert.Throws<InvalidOperationException>(() => EveryTask.Fit(options, table.View())).Message;
        })];
        Assert.Equal(messages[0], messages[1]);
        Assert.Contains("in 2 of 2,000 rows, first in row 1,501", messages[1], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.FullPath));
    }

    [Fact]
    public void OneClassOnly_IsRefused_AsInMemory()
    {
        var table = new Table(rowCount: 40);
        table.Flag.AsSpan().Fill(true);
        MlpOptions options = EveryTask.Options("binary");
        options.RowStore = Disk;
        string message = Assert.Throws<InvalidOperationException>(() => EveryTask.Fit(options, table.View())).Message;
        Assert.Contains("in all 40 rows; a binary classifier needs both classes", message, StringComparison.Ordinal);
    }
}
