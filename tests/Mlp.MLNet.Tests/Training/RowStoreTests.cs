using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Tests.BadData;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>Trainings whose rows are on disk.</summary>
public sealed class RowStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _log = [];

    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    private RowStore Disk => RowStore.Disk with { Directory = _folder.FullPath };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tasks))]
    public void EveryTask_IsTrainedFromDisk_ToTheSameBits_WithAnyThreads(string task)
    {
        string[] fingerprints = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            MlpOptions options = EveryTask.Options(task);
            (options.RowStore, options.NumberOfThreads, options.EarlyStopping) = (Disk, threads, new EarlyStopping { Patience = 5 });
            (options.NumberOfNetworks, options.ValidationFraction) = (3, 0.25);
            (_, MlpModelParameters model) = EveryTask.Fit(options, new Table(rowCount: 200).View());
            Assert.Equal(3, model.Networks.Count);
            Assert.Contains(model.History, report => report.ValidationLoss is not null);
            return model.Fingerprint;
        })];

        Assert.Single(fingerprints.Distinct());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
    }

    /// <summary>Numbers of which some are missing, categories and sparse slots; bins, embeddings, curves: all that the default preset
    /// has.</summary>
    [Fact]
    public void MixedRows_AreLearntAsWellAsFromMemory()
    {
        MLContext ml = Context();
        IDataView data = MixedRows.View(ml);
        double[] errors = [.. new[] { RowStore.Memory, Disk }.Select(store =>
        {
            MlpRegressionTrainer.Options options = MixedRows.Regression();
            options.RowStore = store;
            ITransformer model = MixedRows.Fit(ml, data, ml.Regression.Trainers.Mlp(options));
            return ml.Regression.Evaluate(model.Transform(data), labelColumnName: "Target").RootMeanSquaredError;
        })];

        // Targets are 5.4 from their mean.
        Assert.InRange(errors[0], 0, 1.5);
        Assert.InRange(errors[1], 0, 1.5);
    }

    [Fact]
    public void SameLayoutScalingAndBins_AreFound_AsInMemory()
    {
        MLContext ml = Context();
        IDataView data = MixedRows.View(ml);
        MlpModelParameters[] models = [.. new[] { RowStore.Memory, Disk }.Select(store =>
        {
            MlpRegressionTrainer.Options options = MixedRows.Regression();
            (options.RowStore, options.NumericEmbedding) = (store, new NumericEmbedding());
            (options.NumberOfEpochs, options.Normalization) = (1, FeatureNormalization.Adaptive);
            var chain = (TransformerChain<MlpRegressionTransformer>)MixedRows.Fit(ml, data, ml.Regression.Trainers.Mlp(options));
            return chain.LastTransformer.Model;
        })];

        Assert.Equal(models[0].Model.Network.Inputs.NumberCount, models[1].Model.Network.Inputs.NumberCount);
        Assert.Equal(models[0].Model.Network.Inputs.SparseCount, models[1].Model.Network.Inputs.SparseCount);
        Assert.Equal(models[0].Model.Network.Inputs.Categories, models[1].Model.Network.Inputs.Categories);
        Assert.Equal(models[0].Model.Network.Inputs.MissingColumns, models[1].Model.Network.Inputs.MissingColumns);
        Assert.Equal(models[0].Model.Layout!.SparseSlots, models[1].Model.Layout!.SparseSlots);
        Assert.Equal(models[0].Model.Layout!.NumberSlots, models[1].Model.Layout!.NumberSlots);
        // So few rows are all in the sample.
        Assert.Equal(models[0].Model.Scaling!.Offsets.ToArray(), models[1].Model.Scaling!.Offsets.ToArray());
        Assert.Equal(models[0].Model.Scaling!.Factors.ToArray(), models[1].Model.Scaling!.Factors.ToArray());
        Assert.Equal(models[0].Model.SparseScaling!.Factors.ToArray(), models[1].Model.SparseScaling!.Factors.ToArray());
    }

    [Fact]
    public void RowsThatDoNotFit_GoToDisk_AndTheLogSaysWhere()
    {
        MLContext ml = Context();
        // 60 MB of rows.
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 25_000).Select(row => new WideRow
        {
            Features = [.. Enumerable.Range(0, WideRow.SlotCount).Select(slot => (row * 31 + slot * 17) % 101 / 50f - 1)],
            Label = row % 7,
        }));
        MlpRegressionTrainer.Options options = Wide();
        (options.MemoryLimit, options.RowStore) = (58e6, RowStore.Auto with { Directory = _folder.FullPath });
        MlpRegressionTransformer found = ml.Regression.Trainers.Mlp(options).Fit(data);

        Assert.Contains(_log, line => line.Contains("The rows do not fit in memory. Training on the", StringComparison.Ordinal));
        Assert.Contains(
            _log, line => line.Contains($"The rows are written to disk, to '{_folder.PathOf("mlp-rows-")}", StringComparison.Ordinal));
        Assert.Contains(_log, line => line.Contains("25,000 rows were shuffled and written to", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));

        (options.MemoryLimit, options.RowStore) = (null, Disk);
        Assert.Equal(ml.Regression.Trainers.Mlp(options).Fit(data).Model.Fingerprint, found.Model.Fingerprint);

        (options.MemoryLimit, options.RowStore) = (58e6, RowStore.Memory);
        string message = Assert.Throws<InvalidOperationException>(() => ml.Regression.Trainers.Mlp(options).Fit(data)).Message;
        Assert.StartsWith("Training on the", message, StringComparison.Ordinal);
    }

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
            options.Checkpoint = new Checkpoint(_folder.PathOf("checkpoint")) { EveryEpochs = 1 };
            options.EpochCallback = report => epochs += report.Epoch == 2 && epochs++ == 0 ? throw new TimeoutException() : 0;
        }

        Assert.Throws<TimeoutException>(() => Fit(Interrupted));
        string folder = Assert.Single(Directory.GetDirectories(_folder.FullPath));
        Assert.Contains(_log, line => line.Contains($"The rows stay on disk, in '{folder}'", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(folder, "rows"));
        _log.Clear();

        Assert.Equal(expected, Fit(Interrupted));
        Assert.Contains(_log, line => line.Contains($"150 rows were found on disk, in '{folder}'", StringComparison.Ordinal));
        Assert.DoesNotContain(_log, line => line.Contains("shuffled", StringComparison.Ordinal));
        Assert.True(written > DateTime.UnixEpoch);
        Assert.Empty(Directory.GetDirectories(_folder.FullPath));
    }

    [Fact]
    public void RowsOfDataThatHasChanged_AreWrittenAnew()
    {
        Blobs.Row[] rows = Blobs.Rows(1_200);
        Interrupt(rows);
        rows[^1].Price += 1;
        _log.Clear();

        // Nothing but the last row tells them apart, and the checkpoint is another training's.
        string message = Assert.Throws<InvalidOperationException>(() => Fit(WithCheckpoint, rows)).Message;

        Assert.Contains(_log, line => line.Contains("are not those of the data any more", StringComparison.Ordinal));
        Assert.Contains("Checksum of the training rows on disk", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedRows_AreWrittenAnew_OrEndTheTraining()
    {
        string expected = Fit(options => options.RowStore = Disk);
        Interrupt();
        string file = Path.Combine(Assert.Single(Directory.GetDirectories(_folder.FullPath)), "rows");
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. bytes[..^1], (byte)~bytes[^1]]);
        _log.Clear();

        Assert.Equal(expected, Fit(WithCheckpoint));
        Assert.Contains(_log, line => line.Contains("does not end as a row store does", StringComparison.Ordinal)
            && line.Contains("The rows are written anew.", StringComparison.Ordinal));

        foreach (string checkpoint in Directory.GetFiles(_folder.FullPath))
            File.Delete(checkpoint);
        Interrupt();
        file = Path.Combine(Assert.Single(Directory.GetDirectories(_folder.FullPath)), "rows");
        bytes[3] ^= 1;
        File.WriteAllBytes(file, bytes);
        var exception = Assert.Throws<RowStoreException>(() => Fit(WithCheckpoint));
        Assert.Contains($"Block 0 of 2 of row store '{file}'", exception.Message, StringComparison.Ordinal);
        // The next one reads the data.
        Assert.Empty(Directory.GetDirectories(_folder.FullPath));
        Assert.Equal(expected, Fit(WithCheckpoint));
    }

    /// <summary>As a kill leaves them that comes while they are removed, or somebody who tidied up.</summary>
    [Fact]
    public void RowsWithoutTheirSample_AreWrittenAnew()
    {
        string expected = Fit(options => options.RowStore = Disk);
        Interrupt();
        File.Delete(Path.Combine(Assert.Single(Directory.GetDirectories(_folder.FullPath)), "bucket.000"));
        _log.Clear();

        Assert.Equal(expected, Fit(WithCheckpoint));
        Assert.Contains(
            _log, line => line.Contains("bucket.000' of a row store is missing. The rows are written anew.", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutCheckpoint_NothingStays_WhateverHappens()
    {
        Assert.Throws<TimeoutException>(() => Fit(options =>
            (options.RowStore, options.EpochCallback) = (Disk, _ => throw new TimeoutException())));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
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
        Assert.Contains(_log, line => line.Contains("-1'.", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Theory]
    [InlineData("Optimizer is Lbfgs, which takes all rows in every step. Set RowStore to Memory, or Optimizer to another value.")]
    [InlineData("Shuffle is false, and rows on disk are in a random order. Set RowStore to Memory, or Shuffle to another value.")]
    [InlineData("BatchSize is FullBatch, all rows in every step. Set RowStore to Memory, or BatchSize to another value.")]
    [InlineData("PredictionIntervals is set, and it is found from rows in memory. Set RowStore to Memory, or PredictionIntervals to")]
    public void OptionThatNeedsRowsInMemory_IsRefused_WithItsName(string expected)
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.RowStore = Disk;
        switch (expected.Split(' ')[0])
        {
            case "Optimizer": options.Optimizer = new Lbfgs(); break;
            case "Shuffle": options.Shuffle = false; break;
            case "BatchSize": options.BatchSize = TrainingSettings.FullBatch; break;
            default:
                (options.PredictionIntervals, options.EarlyStopping) = (0.9, new EarlyStopping());
                break;
        }
        string message = Assert.Throws<ArgumentException>(() => Context().Regression.Trainers.Mlp(options)).Message;
        Assert.Contains($"RowStore is Disk, and {expected}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryThatIsNotThere_IsRefused_WhenTheTrainerIsMade()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.RowStore = RowStore.Auto with { Directory = _folder.PathOf("none") };
        string message = Assert.Throws<ArgumentException>(() => Context().Regression.Trainers.Mlp(options)).Message;
        Assert.Contains($"Directory of RowStore is '{_folder.PathOf("none")}', which is no folder.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryWithoutRoom_IsRefused_BeforeReading()
    {
        var table = new Table { ClaimedRowCount = 1L << 50 };
        MlpOptions options = EveryTask.Options("regression");
        (options.RowStore, options.MemoryLimit) = (Disk, double.PositiveInfinity);
        string message = Assert.Throws<RowStoreException>(() => EveryTask.Fit(options, table.View())).Message;
        Assert.Contains("1,125,899,906,842,624 rows on disk take about", message, StringComparison.Ordinal);
        Assert.Contains($"'{_folder.FullPath}' has", message, StringComparison.Ordinal);
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
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
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

    [Fact]
    public void RowsOfWeight0_AreAsIfAbsent()
    {
        Blobs.Row[] rows = Blobs.Rows(), more = [.. Blobs.Rows().SelectMany<Blobs.Row, Blobs.Row>(
            row => [row, new Blobs.Row { Features = [float.NaN, 9], Price = float.NaN, Weight = 0 }])];
        void Weighted(MlpOptions options) => (options.RowStore, options.ExampleWeightColumnName) = (Disk, "Weight");

        MlpModelParameters few = FitModel(Weighted, rows), many = FitModel(Weighted, more);

        Assert.Contains(_log, line => line.Contains("150 rows of weight 0 are left out; 150 are there", StringComparison.Ordinal));
        Assert.Equal(few.Model.Scaling!.Offsets.ToArray(), many.Model.Scaling!.Offsets.ToArray());
        Assert.Equal(few.Model.Range?.Maxima.ToArray(), many.Model.Range?.Maxima.ToArray());
    }

    [Fact]
    public void ClassWeights_AndWarmStart_WorkFromDisk()
    {
        MLContext ml = Context();
        Blobs.Row[] rows = Blobs.Rows(400);
        MlpMulticlassTrainer.Options options = Blobs.Multiclass(numberOfEpochs: 30);
        (options.RowStore, options.ClassWeights, options.LabelColumnName) = (Disk, ClassWeights.Balanced, "BareKey");
        IDataView data = Blobs.View(ml, rows);
        MlpMulticlassTransformer first = ml.MulticlassClassification.Trainers.Mlp(options).Fit(data);
        MlpMulticlassTransformer second = ml.MulticlassClassification.Trainers.Mlp(options).Fit(data, data, first.Model);

        double LossOf(MlpMulticlassTransformer model) =>
            ml.MulticlassClassification.Evaluate(model.Transform(data), labelColumnName: "BareKey").LogLoss;
        Assert.InRange(LossOf(second), 0, LossOf(first));
        Assert.Contains(second.Model.History, report => report.ValidationLoss is not null);
        Assert.Equal(first.Model.Model.Scaling!.Offsets.ToArray(), second.Model.Model.Scaling!.Offsets.ToArray());
    }

    private MLContext Context()
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, line) =>
        {
            lock (_log)
                _log.Add(line.Message);
        };
        return ml;
    }

    private string Fit(Action<MlpOptions> change, Blobs.Row[]? rows = null) => FitModel(change, rows).Fingerprint;

    private MlpModelParameters FitModel(Action<MlpOptions> change, Blobs.Row[]? rows = null)
    {
        MLContext ml = Context();
        MlpRegressionTrainer.Options options = Blobs.Regression();
        (options.Seed, options.EarlyStopping) = (3, new EarlyStopping { Patience = 9 });
        change(options);
        return ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(ml, rows ?? Blobs.Rows())).Model;
    }

    private void WithCheckpoint(MlpOptions options) =>
        (options.RowStore, options.Checkpoint) = (Disk, new Checkpoint(_folder.PathOf("checkpoint")) { EveryEpochs = 1 });

    /// <summary>Ends a training in its second epoch as a kill would.</summary>
    private void Interrupt(Blobs.Row[]? rows = null) => Assert.Throws<TimeoutException>(() => Fit(options =>
    {
        WithCheckpoint(options);
        options.EpochCallback = report => _ = report.Epoch == 2 ? throw new TimeoutException() : 0;
    }, rows));

    private static MlpRegressionTrainer.Options Wide() => new(MlpPreset.Plain)
    {
        HiddenLayerSizes = [4],
        NumberOfEpochs = 1,
        Seed = 1,
    };

    private sealed class WideRow
    {
        public const int SlotCount = 600;

        [VectorType(SlotCount)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
