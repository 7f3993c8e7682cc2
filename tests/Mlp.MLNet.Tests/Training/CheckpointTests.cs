using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>What the engine's checkpoints are to somebody who calls Fit.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    private string Path => _folder.PathOf("c");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CanceledFit_GoesOnWithTheSameBits()
    {
        string[] expected = [.. Tasks().Select(fit => fit(options => { }))];
        Func<Action<MlpOptions>, string>[] tasks = [.. Tasks()];
        for (int task = 0; task < tasks.Length; task++)
        {
            var checkpoint = new Checkpoint(_folder.PathOf($"task{task}"));
            Assert.Throws<OperationCanceledException>(() => tasks[task](options =>
            {
                options.Checkpoint = checkpoint;
                options.EpochCallback = report =>
                {
                    if (report.Epoch == 2)
                        throw new OperationCanceledException();
                };
            }));
            int epochs = 0;
            Assert.Equal(expected[task], tasks[task](options =>
            {
                options.Checkpoint = checkpoint;
                options.EpochCallback = _ => epochs++;
            }));
            Assert.Equal(3, epochs);
        }
    }

    [Fact]
    public void CanceledFit_OfMissingValuesCategoriesAndSparseSlots_GoesOnWithTheSameBits()
    {
        IDataView data = MixedRows.View(_ml), scored = _ml.Data.TakeRows(data, 40);
        float[] expected = Scores(checkpoint: null, end: int.MaxValue);
        var checkpoint = new Checkpoint(Path);
        Assert.Throws<OperationCanceledException>(() => Scores(checkpoint, end: 2));
        Assert.True(File.Exists(Path));
        Assert.Equal(expected, Scores(checkpoint, end: int.MaxValue));

        float[] Scores(Checkpoint? checkpoint, int end)
        {
            MlpRegressionTrainer.Options options = MixedRows.Regression();
            (options.NumberOfEpochs, options.Checkpoint) = (4, checkpoint);
            options.EpochCallback = report =>
            {
                if (report.Epoch == end)
                    throw new OperationCanceledException();
                // From the checkpoint on, and not from the beginning.
                Assert.False(checkpoint is not null && end == int.MaxValue && report.Epoch == 1);
            };
            return [.. MixedRows.Fit(_ml, data, _ml.Regression.Trainers.Mlp(options)).Transform(scored).GetColumn<float>("Score")];
        }
    }

    [Fact]
    public void CanceledFitOfSeveralNetworks_GoesOnWithTheSameBits()
    {
        string expected = Fit(options => { });
        var checkpoint = new Checkpoint(Path);
        // In the refit: the first round is over and is not done again.
        Assert.Throws<OperationCanceledException>(() => Fit(options =>
        {
            options.Checkpoint = checkpoint;
            options.EpochCallback = report =>
            {
                if (report.NetworkIndex == 3)
                    throw new OperationCanceledException();
            };
        }));
        var networks = new HashSet<int>();
        Assert.Equal(expected, Fit(options =>
        {
            options.Checkpoint = checkpoint;
            options.EpochCallback = report => networks.Add(report.NetworkIndex);
        }));
        Assert.DoesNotContain(0, networks);

        string Fit(Action<MlpOptions> change)
        {
            var options = new MlpMulticlassTrainer.Options
            {
                LabelColumnName = "ClassKey",
                Seed = 5,
                NumberOfNetworks = 4,
                NumberOfEpochs = 4,
                NumberOfThreads = 1
            };
            change(options);
            MlpModelParameters model = _ml.MulticlassClassification.Trainers.Mlp(options).Fit(Blobs.View(_ml)).Model;
            return string.Join(' ', Moons.Bits(model)) + model.Temperature;
        }
    }

    [Fact]
    public void OtherRows_AreRefused()
    {
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(Options());
        trainer.Fit(Moons.View(_ml));
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(_ml.Data.LoadFromEnumerable(Moons.Rows(201))));
        Assert.StartsWith(
            $"Checkpoint '{Path}' belongs to another training: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Number of training rows was 200 and is 201", exception.Message, StringComparison.Ordinal);
        // Nobody gave weights, so nothing is said of them.
        Assert.DoesNotContain("weights", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_ReachesTheLog()
    {
        var warnings = new List<string>();
        _ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                warnings.Add(message.RawMessage);
        };
        MlpBinaryTrainer.Options options = Options();
        options.Checkpoint = new Checkpoint(Path) { EveryEpochs = 1 };
        // In the place of the file when it is to be written.
        options.EpochCallback = _ => Directory.CreateDirectory(Path);
        _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml));
        Assert.StartsWith(
            $"Checkpoint '{options.Checkpoint.Path}' could not be written: ", Assert.Single(warnings), StringComparison.Ordinal);
    }

    /// <summary>Whatever is trained, not a row is read before the path is known to be good.</summary>
    [Fact]
    public void PathThatCannotBeWritten_IsRefused_BeforeRowsAreRead()
    {
        Directory.CreateDirectory(_folder.PathOf("folder"));
        foreach (string task in BadData.EveryTask.Names)
        {
            foreach ((string name, string problem) in ((string, string)[])[
                ("missing/c", "There is no folder '"), ("folder", "That is a folder.")])
            {
                var read = new WatchedView(new BadData.Table().View());
                MlpOptions options = BadData.EveryTask.Options(task);
                options.Checkpoint = new Checkpoint(_folder.PathOf(name));
                var exception = Assert.Throws<ArgumentException>(() => BadData.EveryTask.Fit(options, read));
                Assert.StartsWith(
                    $"Checkpoint '{_folder.PathOf(name)}' cannot be written. {problem}", exception.Message, StringComparison.Ordinal);
                Assert.Equal(0, read.CursorCount);
            }
        }
        Assert.Equal(["folder"], _folder.FileNames);
    }

    /// <summary>The second is refused before it reads, too: the first holds the path from its beginning.</summary>
    [Fact]
    public void PathInUse_IsRefused_BeforeRowsAreRead()
    {
        MlpBinaryTrainer.Options options = Options();
        var second = new WatchedView(Moons.View(_ml));
        int refusals = 0;
        IDataView rows = _ml.Data.LoadFromEnumerable(Moons.Rows().Select((row, index) =>
        {
            if (index == 0)
            {
                var exception = Assert.Throws<InvalidOperationException>(
                    () => _ml.BinaryClassification.Trainers.Mlp(Options()).Fit(second));
                Assert.StartsWith(
                    $"Checkpoint '{Path}' is in use by another training of this process. ", exception.Message, StringComparison.Ordinal);
                refusals++;
            }
            return row;
        }));
        _ml.BinaryClassification.Trainers.Mlp(options).Fit(rows);
        Assert.Equal((1, 0), (refusals, second.CursorCount));
        Assert.Equal(["c"], _folder.FileNames);
    }

    [Fact]
    public void ReturnBest_GivesAModel()
    {
        var messages = new List<string>();
        _ml.Log += (_, message) => messages.Add(message.RawMessage);
        using var cancellation = new CancellationTokenSource();
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 1000);
        options.ReturnBestOnCancellation = true;
        options.CancellationToken = cancellation.Token;
        options.EpochCallback = report =>
        {
            if (report.Epoch == 3)
                cancellation.Cancel();
        };
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(Moons.View(_ml));
        Assert.Contains(
            "The training was cancelled after 3 epochs of its networks together; those with one behind them are the model.", messages);
        Assert.Equal(Moons.Bits(
            _ml.BinaryClassification.Trainers.Mlp(Moons.Options(numberOfEpochs: 3)).Fit(Moons.View(_ml)).Model), Moons.Bits(model.Model));
    }

    private MlpBinaryTrainer.Options Options()
    {
        MlpBinaryTrainer.Options options = Moons.Options();
        options.Checkpoint = new Checkpoint(Path);
        return options;
    }

    /// <summary>Every trainer; each gives the bits of its model.</summary>
    private IEnumerable<Func<Action<MlpOptions>, string>> Tasks()
    {
        IDataView rows = Blobs.View(_ml);
        yield return change => Bits(_ml.BinaryClassification.Trainers.Mlp(Changed(Blobs.Binary(), change)).Fit(rows).Model);
        yield return change => Bits(_ml.MulticlassClassification.Trainers.Mlp(Changed(Blobs.Multiclass(), change)).Fit(rows).Model);
        yield return change => Bits(
            _ml.MulticlassClassification.Trainers.MlpMultiLabel(Changed(Blobs.MultiLabel(), change)).Fit(rows).Model);
        yield return change => Bits(_ml.Regression.Trainers.Mlp(Changed(Blobs.Regression("Targets"), options =>
        {
            options.EarlyStopping = new EarlyStopping();
            change(options);
        })).Fit(rows).Model);

        static string Bits(MlpModelParameters model) => string.Join(' ', Moons.Bits(model));

        static TOptions Changed<TOptions>(TOptions options, Action<MlpOptions> change)
            where TOptions : MlpOptions
        {
            change(options);
            return options;
        }
    }
}
