using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Tuning;

public sealed class TuningTests : IDisposable
{
    private const int RowCount = 90, Trials = 5;

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tune_IsTheSame_OnAnyNumberOfThreads_AndAnotherForAnotherSeed()
    {
        MlpTuningResult<MlpRegressionTransformer> one = Tune(threadCount: 1), three = Tune(threadCount: 3), other = Tune(seed: 2);

        Assert.Equal(one.Network.Fingerprint, three.Network.Fingerprint);
        Assert.Equal(one.Trials.Select(Figures), three.Trials.Select(Figures));
        Assert.NotEqual(one.Network.Fingerprint, other.Network.Fingerprint);
    }

    [Fact]
    public void Tune_SaysWhatItTried_AndIsNeverWorseOnHeldOutRows()
    {
        var progress = new List<MlpTuningProgress>();
        MlpTuningResult<MlpRegressionTransformer> result = Tune(settings: new() { NumberOfTrials = 13, Progress = progress.Add });

        Assert.Equal(Enumerable.Range(0, 14), result.Trials.Select(trial => trial.Number));
        // Of the twelve of the first round four come to the second rung and two of these to the third; so does the only one of the second.
        Assert.Equal([8, 2, 4], result.Trials.CountBy(trial => trial.Rung).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(20 + 12 + 4 * 2 + 2 * 2 + 1 + 2 + 2, progress.Count);
        Assert.Equal(Enumerable.Range(1, progress.Count), progress.Select(one => one.NumberOfNetworks));
        Assert.Equal(4, result.NumberOfPlaces);
        Assert.All(result.Trials.Where(trial => trial.IsChosen), trial => Assert.Equal(3, trial.Rung));
        Assert.True(result.Loss <= result.DefaultLoss, $"{result.DefaultLoss} -> {result.Loss}");
        Assert.All(result.Trials, trial => Assert.True(trial.Loss > 0 && trial.LossStandardError > 0 && trial.Seconds > 0, $"{trial}"));
        Assert.Equal(result.Trials[0].Loss, result.Trials[0].DefaultLoss);
        string[] lines = result.ToTable().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(15, lines.Length);
        Assert.Contains("loss", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("DropoutRates 0", StringComparison.Ordinal));
        Assert.StartsWith("default", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void FewerTrials_AreTheFirstOfMore()
    {
        MlpTuningResult<MlpRegressionTransformer> few = Tune(settings: new() { NumberOfTrials = 12 }),
            more = Tune(settings: new() { NumberOfTrials = 14 });

        Assert.Equal(few.Trials.Select(Figures), more.Trials.Take(13).Select(Figures));
    }

    [Fact]
    public void Tune_PutsNetworksOfOtherShapesIntoOneModel_ThatLoadsAndExports()
    {
        // Two units are far too few: a trial with more takes a place.
        MlpRegressionTrainer.Options options = Options();
        options.NumberOfEpochs = 12;
        (options.HiddenLayerSizes, options.DropoutRates, options.BatchSize) = (null, [], 8);
        IDataView data = _ml.Data.LoadFromEnumerable(Blobs.Rows(RowCount));
        options.LabelColumnName = "Price";
        var result = _ml.Regression.Tune(data, trainer: _ml.Regression.Trainers.Mlp(options), settings: new() { NumberOfTrials = 12 });

        Assert.True(result.Trials.Skip(1).Any(trial => trial.IsChosen), result.ToTable());
        IReadOnlyList<MlpNetwork> networks = result.Network.Model.Networks;
        Assert.InRange(networks.Count, 8, 16);
        string path = _folder.PathOf("model.zip");
        _ml.Model.Save(result.Model, data.Schema, path);
        ITransformer loaded = _ml.Model.Load(path, out _);
        float[] scores = Moons.Scores(result.Model, data);
        Assert.Equal(scores, Moons.Scores(loaded, data));
        using FileStream onnx = File.Create(_folder.PathOf("model.onnx"));
        _ml.Model.ConvertToOnnx(result.Model, data, onnx);
        Assert.True(onnx.Length > 1000);
        Assert.InRange(_ml.Regression.Evaluate(result.Model.Transform(data), "Price").RSquared, 0.5, 1);
    }

    [Fact]
    public void Transforms_AreFittedToTheRowsOutsideOfEachFold_AndInTheEndToAll()
    {
        var counts = new List<long>();
        var data = _ml.Data.LoadFromEnumerable(Noise.Rows(RowCount));
        var transforms = new WatchedEstimator(
            _ml.Transforms.NormalizeMeanVariance("Features"), view => counts.Add(view.GetColumn<float>("Label").LongCount()));

        var result = _ml.Regression.Tune(data, transforms, _ml.Regression.Trainers.Mlp(Options()), new() { NumberOfTrials = 1 });

        Assert.Equal([72, 72, 72, 72, 72, 90], counts);
        Assert.Equal(2, result.Model.Count());
        Assert.All(Moons.Scores(result.Model, data), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Tune_GoesOnFromItsFolder_ToTheSameBits()
    {
        MlpTuningResult<MlpRegressionTransformer> whole = Tune(), first = Tune(folder: _folder.FullPath);
        Assert.Equal(whole.Network.Fingerprint, first.Network.Fingerprint);
        string[] files = [.. Directory.GetFiles(_folder.FullPath).Order(StringComparer.Ordinal)];
        Assert.Contains(files, file => file.EndsWith("trial-00000-0.fold-0", StringComparison.Ordinal));
        // What a process that was killed has not done.
        foreach (string file in files.Where((_, index) => index % 3 == 0))
            File.Delete(file);

        int trained = 0;
        MlpTuningResult<MlpRegressionTransformer> again = Tune(folder: _folder.FullPath, settings: new()
        {
            NumberOfTrials = Trials,
            Progress = _ => trained++,
        });

        Assert.Equal(whole.Network.Fingerprint, again.Network.Fingerprint);
        Assert.Equal(whole.Trials.Select(Figures), again.Trials.Select(Figures));
        Assert.Equal(Directory.GetFiles(_folder.FullPath, "trial-*").Length, trained);
        // More trials are more files.
        Assert.Equal(Trials + 2, Tune(folder: _folder.FullPath, settings: new() { NumberOfTrials = Trials + 1 }).Trials.Count);
    }

    [Fact]
    public async Task Parts_ShareTheWork_AndReturnTheSameModel()
    {
        string fingerprint = Tune().Network.Fingerprint;
        int[] counts = new int[2];
        Task<MlpTuningResult<MlpRegressionTransformer>>[] parts =
        [
            .. Enumerable.Range(1, 2).Select(number => Task.Factory.StartNew(
                () => Tune(folder: _folder.FullPath, ml: new MLContext(seed: 1), settings: new()
                {
                    NumberOfTrials = Trials,
                    Part = new EnsemblePart(number, 2),
                    Progress = _ => Interlocked.Increment(ref counts[number - 1]),
                }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];

        foreach (MlpTuningResult<MlpRegressionTransformer> part in await Task.WhenAll(parts))
            Assert.Equal(fingerprint, part.Network.Fingerprint);
        // Each hears of all networks, of its own and of those that it waited for.
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public void AFolderOfAnotherSearch_OrADamagedFile_IsRefused()
    {
        Tune(folder: _folder.FullPath);
        string file = _folder.PathOf("trial-00000-0.fold-0");

        Assert.Contains(
            "is a trial of another search",
            Assert.Throws<InvalidOperationException>(() => Tune(folder: _folder.FullPath, seed: 2)).Message, StringComparison.Ordinal);
        byte[] bytes = File.ReadAllBytes(file);
        foreach (int length in Enumerable.Range(0, 120).Append(bytes.Length - 1))
        {
            File.WriteAllBytes(file, bytes[..length]);
            Assert.Throws<ModelFileException>(() => TrialFileOf(file));
        }
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Contains(
            "It is damaged; delete it.", Assert.Throws<ModelFileException>(() => Tune(folder: _folder.FullPath)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotGoWithASearch_IsRefusedBeforeAnyWork()
    {
        AssertRefused("EarlyStopping is none, but", options => options.EarlyStopping = EarlyStopping.None);
        AssertRefused("Part is 1/2, but", options => options.Part = new EnsemblePart(1, 2));
        AssertRefused("Checkpoint is here, but", options => options.Checkpoint = new Checkpoint("here"));
        AssertRefused("ReplayRowCount is 5, but", options => options.ReplayRowCount = 5);
        AssertRefused("RowStore is on disk, but", options => options.RowStore = RowStore.Disk);
        AssertRefused("PredictionIntervals is 0.9, but", options => options.PredictionIntervals = 0.9);
        AssertRefused("Seed is null; a search that goes on", options => options.Seed = null, new() { Folder = _folder.FullPath });
        AssertRefused("jobs of one search share a Folder", _ => { }, new() { Part = new EnsemblePart(1, 2), NumberOfTrials = 3 });
        AssertRefused("NumberOfTrials is 0; it must be at least 1", _ => { }, new() { NumberOfTrials = 0 });
        AssertRefused("Time is 00:00:00; it must be positive", _ => { }, new() { Time = TimeSpan.Zero });
        Assert.Contains(
            "The data has 9 rows; a search", Assert.Throws<InvalidOperationException>(() => _ml.Regression.Tune(
                Noise.View(_ml, 9), trainer: _ml.Regression.Trainers.Mlp(Options()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooLittleTime_TriesTheTrainersOwnSettingsAlone()
    {
        MlpTuningResult<MlpRegressionTransformer> result = Tune(settings: new() { Time = TimeSpan.FromTicks(1) });

        Assert.Equal([0], result.Trials.Select(trial => trial.Number));
        Assert.Equal((4, result.DefaultLoss), (result.NumberOfPlaces, result.Loss));
        Assert.Equal(
            _ml.Regression.Trainers.Mlp(Options()).Fit(Noise.View(_ml, RowCount)).Fingerprint, result.Network.Fingerprint);
    }

    [Fact]
    public void Cancellation_EndsTheSearch()
    {
        using var source = new CancellationTokenSource();
        MlpRegressionTrainer.Options options = Options();
        options.CancellationToken = source.Token;
        Assert.ThrowsAny<OperationCanceledException>(() => _ml.Regression.Tune(
            Noise.View(_ml, RowCount), trainer: _ml.Regression.Trainers.Mlp(options), settings: new()
            {
                NumberOfTrials = 1,
                Progress = progress =>
                {
                    if (progress.NumberOfNetworks == 3)
                        source.Cancel();
                },
            }));
    }

    [Fact]
    public void AllTasks_CanBeTuned()
    {
        IDataView blobs = Blobs.View(_ml, Blobs.Rows(RowCount));
        MlpTuningSettings settings = new() { NumberOfTrials = 2 };

        var binary = _ml.BinaryClassification.Tune(
            blobs, trainer: _ml.BinaryClassification.Trainers.Mlp(Quick(new MlpBinaryTrainer.Options(), "Flag")), settings: settings);
        var classes = _ml.MulticlassClassification.Tune(
            blobs, trainer: _ml.MulticlassClassification.Trainers.Mlp(Quick(new MlpMulticlassTrainer.Options(), "ClassKey")),
            settings: settings);
        var labels = _ml.MulticlassClassification.TuneMultiLabel(
            blobs, trainer: _ml.MulticlassClassification.Trainers.MlpMultiLabel(Quick(new MlpMultiLabelTrainer.Options(), "Labels")),
            settings: settings);
        var targets = _ml.Regression.Tune(
            blobs, trainer: _ml.Regression.Trainers.Mlp(Quick(new MlpRegressionTrainer.Options(), "Targets")), settings: settings);

        Assert.InRange(_ml.BinaryClassification.Evaluate(binary.Model.Transform(blobs), "Flag").Accuracy, 0.9, 1);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(classes.Model.Transform(blobs), "ClassKey").MicroAccuracy, 0.9, 1);
        Assert.InRange(_ml.MulticlassClassification.EvaluateMultiLabel(labels.Model.Transform(blobs), "Labels").HammingLoss, 0, 0.2);
        Assert.Equal(2, targets.Network.Model.OutputCount);
    }

    [Fact]
    public void AClassOfOneRow_IsTrainedOnInEveryFold()
    {
        Blobs.Row[] rows = Blobs.Rows(RowCount);
        rows[17].Class = "rare";
        var result = _ml.MulticlassClassification.Tune(
            _ml.Data.LoadFromEnumerable(rows), _ml.Transforms.Conversion.MapValueToKey("Class"),
            _ml.MulticlassClassification.Trainers.Mlp(Quick(new MlpMulticlassTrainer.Options(), "Class")), new() { NumberOfTrials = 1 });

        Assert.Equal(4, result.Network.Model.OutputCount);
    }

    private static string Figures(MlpTrial trial) =>
        $"{trial.Number} {trial.Rung} {trial.Loss:R} {trial.LossStandardError:R} {trial.DefaultLoss:R} {string.Join(' ', trial.Values)}";

    private static TOptions Quick<TOptions>(TOptions options, string label)
        where TOptions : MlpOptions
    {
        (options.LabelColumnName, options.HiddenLayerSizes, options.NumericEmbedding) = (label, [16], NumericEmbedding.None);
        (options.NumberOfEpochs, options.Seed, options.NumberOfThreads, options.LearningRate) = (25, 1, 2, 0.02);
        options.NumberOfNetworks = 8;
        return options;
    }

    private static MlpRegressionTrainer.Options Options() => new()
    {
        HiddenLayerSizes = [8],
        NumericEmbedding = NumericEmbedding.None,
        NumberOfEpochs = 4,
        Seed = 1,
        NumberOfThreads = 2,
    };

    private static void TrialFileOf(string path) => MLNet.Tuning.TrialFile.Read(path, new string('0', 64), outputCount: 18);

    private MlpTuningResult<MlpRegressionTransformer> Tune(
        int threadCount = 2, int seed = 1, string? folder = null, MLContext? ml = null, MlpTuningSettings? settings = null)
    {
        MlpRegressionTrainer.Options options = Options();
        (options.NumberOfThreads, options.Seed) = (threadCount, seed);
        ml ??= _ml;
        return ml.Regression.Tune(
            Noise.View(ml, RowCount), trainer: ml.Regression.Trainers.Mlp(options),
            settings: (settings ?? new() { NumberOfTrials = Trials }) with { Folder = folder });
    }

    private void AssertRefused(string message, Action<MlpRegressionTrainer.Options> set, MlpTuningSettings? settings = null)
    {
        MlpRegressionTrainer.Options options = Options();
        set(options);
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => _ml.Regression.Tune(
            Noise.View(_ml, RowCount), trainer: _ml.Regression.Trainers.Mlp(options), settings: settings));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Looks at the rows that another one is fitted to.</summary>
    private sealed class WatchedEstimator(IEstimator<ITransformer> inner, Action<IDataView> watch) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            watch(input);
            return inner.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }
}
