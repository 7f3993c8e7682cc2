using Mlp.MLNet.Tests.BadData;

namespace Mlp.MLNet.Tests;

/// <summary>Trainings that do not fit say so before they start, and before they read.</summary>
public class MemoryChecksTests
{
    [Fact]
    public void MoreRowsThanFitInMemory_AreRefusedBeforeReading()
    {
        var table = new Table { ClaimedRowCount = 500_000_000 };
        MlpOptions options = EveryTask.Options("regression");
        (options.MemoryLimit, options.RowStore) = (8e9, RowStore.Memory);
        // 4 numbers of 4 bytes a row, and an integer.
        EveryTask.AssertRefused<NotEnoughMemoryException>(
            "Training needs about 10.0 GB: 8.0 GB for the rows, 0.3 KB for 21 parameters, their gradients and the optimizer, 2.0 GB for "
                + "batches of 32 rows. This process can use 8.0 GB. Train on fewer rows (TakeRows) or on fewer features.",
            options, table.View());
    }

    [Theory]
    [InlineData(2_147_483_592)]
    [InlineData(long.MaxValue)]
    public void MoreRowsThanAnArrayHolds_AreRefusedBeforeReading(long rowCount)
    {
        var table = new Table { ClaimedRowCount = rowCount };
        MlpOptions options = EveryTask.Options("regression");
        (options.MemoryLimit, options.RowStore) = (double.PositiveInfinity, RowStore.Memory);
        string text = rowCount.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
        EveryTask.AssertRefused<InvalidOperationException>(
            $"The training data has {text} rows; a training takes at most 2,147,483,591. Train on fewer rows (TakeRows).",
            options, table.View());
        EveryTask.AssertRefused<InvalidOperationException>(
            $"The validation data has {text} rows; a training takes at most 2,147,483,591. Train on fewer rows (TakeRows).",
            options, new Table().View(), table.View());
    }

    [Fact]
    public void NetworksThatDoNotFit_AreRefused_WithTheirSize()
    {
        var table = new Table(rowCount: 4, featureCount: 100_000);
        MlpOptions options = EveryTask.Options("binary");
        options.HiddenLayerSizes = [20_000];
        options.MemoryLimit = 8e9;
        // Value, gradient and Adam's two numbers, 4 bytes each.
        EveryTask.AssertRefused<NotEnoughMemoryException>(
            "Training needs about 32.0 GB: 1.6 MB for the rows, 32.0 GB for 2,000,040,001 parameters, their gradients and the optimizer, "
                + "2.6 MB for batches of 4 rows. This process can use 8.0 GB. Use smaller hidden layers, fewer features, or an optimizer "
                    + "that keeps less: Sgd keeps least, Lbfgs with a large Memory most.",
            options, table.View());
    }

    [Fact]
    public void NetworksLargerThanAnArray_AreRefused()
    {
        MlpOptions options = EveryTask.Options("binary");
        options.MemoryLimit = double.PositiveInfinity;
        options.HiddenLayerSizes = [50_000];
        AssertTooLarge(
            "The network has more than 5,000,049,999 parameters up to layer 1 (50000 x 100000); an array holds at most 2,147,483,527. "
                + "Use fewer units.", new Table(rowCount: 4, featureCount: 100_000));
        options.HiddenLayerSizes = [int.MaxValue, int.MaxValue];
        AssertTooLarge(
            "The network has more than 8,589,934,587 parameters up to layer 1 (2147483647 x 3); an array holds at most 2,147,483,527. "
                + "Use fewer units.", new Table());

        void AssertTooLarge(string message, Table table) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => EveryTask.Fit(options, table.View())).Message);
    }

    [Fact]
    public void BatchesThatDoNotFit_AreRefused_WithTheAdviceToMakeThemSmaller()
    {
        var table = new Table { ClaimedRowCount = 10_000_000 };
        MlpOptions options = EveryTask.Options("regression");
        (options.BatchSize, options.HiddenLayerSizes, options.MemoryLimit) = (TrainingSettings.FullBatch, [100, 100], 8e9);
        const string Message =
            "Training needs about 24.6 GB: 160.0 MB for the rows, 169.6 KB for 10,601 parameters, their gradients and the optimizer, "
                + "24.4 GB for batches of 10,000,000 rows. This process can use 8.0 GB. All rows are one batch: set a smaller BatchSize, "
                    + "with another optimizer than Lbfgs, or use smaller hidden layers.";
        EveryTask.AssertRefused<NotEnoughMemoryException>(Message, options, table.View());
        (options.BatchSize, options.Optimizer) = (null, new Lbfgs { Memory = 1 });
        EveryTask.AssertRefused<NotEnoughMemoryException>(Message.Replace("169.6 KB", "593.7 KB"), options, table.View());
        (options.BatchSize, options.Optimizer) = (5_000_000, new Adam());
        EveryTask.AssertRefused<NotEnoughMemoryException>(
            "Training needs about 12.4 GB: 160.0 MB for the rows, 169.6 KB for 10,601 parameters, their gradients and the optimizer, "
                + "12.2 GB for batches of 5,000,000 rows. This process can use 8.0 GB. Set a smaller BatchSize, or use smaller "
                    + "hidden layers.",
            options, table.View());
    }

    /// <summary>Not after the last one, which may never come.</summary>
    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    [InlineData("regression")]
    [InlineData("several targets")]
    [InlineData("multi-label")]
    public void WhenTheLengthIsUnknown_ReadingEnds_WhenTheRowsSoFarDoNotFit(string task)
    {
        var many = new WatchedView(new Table(rowCount: 9000).View(), hidesRowCount: true);
        MlpOptions options = EveryTask.Options(task);
        (options.MemoryLimit, options.EpochCallback) = (100_000, _ => Assert.Fail("Training has begun."));
        AssertEnds(() => EveryTask.Fit(options, many));
        AssertEnds(() => EveryTask.Fit(options, new Table().View(), many));

        static void AssertEnds(Action fit) => Assert.Matches(
            @"^Training on the [2-8],\d{3} rows read so far, with more to come, needs about \d+\.\d KB: .* This process can use 100\.0 KB\. (Train on fewer rows|Set a smaller BatchSize)[^.]+\.$",
            Assert.Throws<NotEnoughMemoryException>(fit).Message);
    }

    [Fact]
    public void WhenTheLengthIsUnknown_TheRowsReadAreCounted()
    {
        var table = new Table(rowCount: 3000);
        var rows = new TableView(
            [("Features", table.View().Schema["Features"].Type, table.Features),
                ("Number", table.View().Schema["Number"].Type, table.Number)],
            claimedRowCount: null);
        MlpOptions options = EveryTask.Options("regression");
        options.MemoryLimit = 50_000;
        EveryTask.AssertRefused<NotEnoughMemoryException>(
            "Training needs about 63.0 KB: 48.0 KB for the rows, 0.3 KB for 21 parameters, their gradients and the optimizer, 14.7 KB "
                + "for batches of 32 rows. This process can use 50.0 KB. Train on fewer rows (TakeRows) or on fewer features.",
            options, rows);
        options.MemoryLimit = null;
        options.EpochCallback = null;
        EveryTask.AssertTrains(options, rows);
    }
}
