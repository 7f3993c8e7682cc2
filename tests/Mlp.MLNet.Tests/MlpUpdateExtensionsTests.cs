using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Replay;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>Pipelines that learn on, and their files.</summary>
public sealed class MlpUpdateExtensionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NewTexts_GetFlags_AndRowsOfTheNetwork()
    {
        IDataView old = Rows(["a", "b", "c"]), now = Rows(["a", "d", "e", "b"]);
        MlpRegressionTrainer trainer = Trainer();
        ITransformer model = Pipeline(trainer).Fit(old);
        string path = _folder.PathOf("model.zip");
        _ml.Model.SaveMlpWithReplay(model, old.Schema, path);
        foreach (ITransformer start in (ITransformer[])[model, _ml.Model.LoadMlpWithReplay(path, out _)])
        {
            MlpUpdate<ITransformer> update = _ml.Model.UpdateMlp(start, now, trainer, new MlpUpdateSettings { NumberOfEpochs = 60 });
            float[] scores = [.. update.Model.Transform(now).GetColumn<float>("Score")];
            Assert.All(scores.Zip(now.GetColumn<float>("Number")), pair => Assert.Equal(pair.Second, pair.First, tolerance: 6));
            Assert.Contains(update.Drift, column => column is { Column: "Shop", UnknownNow: 0.5, Level: DriftLevel.Large });
            // As it was: Day is a category, too, without new values; a number follows the flags of Shop.
            Assert.Equal(
                ["Shop.a", "Shop.b", "Shop.c", "Shop.d", "Shop.e", "Size", "Day.x", "Day.y"], SlotNames(update.Model.Transform(now)));
            Assert.Equal(["Shop.a", "Shop.b", "Shop.c", "Size", "Day.x", "Day.y"], SlotNames(start.Transform(now)));
            // A value that comes once has no flag.
            IDataView once = Rows(["a", "a", "a", "a", "a", "a", "a", "a", "a", "z"], rowCount: 10);
            Assert.Equal(8, SlotNames(_ml.Model.UpdateMlp(update.Model, once, trainer).Model.Transform(once)).Length);
        }
    }

    [Theory]
    [InlineData(MlpReplayPlace.BesideModel)]
    [InlineData(MlpReplayPlace.InModel)]
    public void SavedModels_GoOnToTheSameBits(MlpReplayPlace place)
    {
        IDataView old = Rows(["a", "b", "c"]), now = Rows(["a", "b"], rowCount: 40);
        MlpRegressionTrainer trainer = Trainer();
        ITransformer model = Pipeline(trainer).Fit(old);
        string path = _folder.PathOf("model.zip");
        _ml.Model.SaveMlpWithReplay(model, old.Schema, path, place);
        Assert.Equal(place == MlpReplayPlace.BesideModel, File.Exists(path + ".replay"));
        Assert.False(File.Exists(path + ".replay.next"));
        Assert.Null(NetworkOf(_ml.Model.Load(path, out _)).ReplayMemory);
        ITransformer loaded = _ml.Model.LoadMlpWithReplay(path, out DataViewSchema? schema);
        Assert.Equal(old.Schema.Count, schema!.Count);
        Assert.Equal(
            NetworkOf(_ml.Model.UpdateMlp(model, now, trainer).Model).Fingerprint,
            NetworkOf(_ml.Model.UpdateMlp(loaded, now, trainer).Model).Fingerprint);
        // In its own place, as every day.
        _ml.Model.SaveMlpWithReplay(_ml.Model.UpdateMlp(loaded, now, trainer).Model, schema, path, place);
        Assert.Equal(340, NetworkOf(_ml.Model.LoadMlpWithReplay(path, out _)).ReplayMemory!.RowsSeen);
    }

    [Fact]
    public void KilledBetweenTheFiles_LeavesAModelWithItsMemory()
    {
        IDataView old = Rows(["a", "b", "c"]), now = Rows(["a", "b"], rowCount: 40);
        MlpRegressionTrainer trainer = Trainer();
        ITransformer model = Pipeline(trainer).Fit(old), updated = _ml.Model.UpdateMlp(model, now, trainer).Model;
        string path = _folder.PathOf("model.zip");
        for (int written = 0; written <= 2; written++)
        {
            _ml.Model.SaveMlpWithReplay(model, old.Schema, path);
            using var zip = new MemoryStream();
            _ml.Model.Save(updated, old.Schema, zip);
            int left = written;
            void Write(string file, Action<Stream> write)
            {
                if (left-- == 0)
                    throw new OperationCanceledException("killed");
                FileTarget.Write(file, write);
            }
            void Save() => ReplayPlaces.Write(path, NetworkOf(updated).ReplayMemory!, MlpReplayPlace.BesideModel, zip, Write);
            if (written < 2)
                Assert.Throws<OperationCanceledException>(Save);
            else
            {
                // Before the last step, which names the memory.
                byte[] before = File.ReadAllBytes(path + ".replay");
                Save();
                File.Move(path + ".replay", path + ".replay.next");
                File.WriteAllBytes(path + ".replay", before);
            }
            MlpTransformerBase network = NetworkOf(_ml.Model.LoadMlpWithReplay(path, out _));
            Assert.Equal(NetworkOf(written == 2 ? updated : model).Fingerprint, network.Fingerprint);
            Assert.Equal(written == 2 ? 340 : 300, network.ReplayMemory!.RowsSeen);
        }
    }

    [Fact]
    public void OtherMemories_AreRefused_WithTheirPlace()
    {
        IDataView data = Rows(["a", "b", "c"]);
        MlpRegressionTrainer trainer = Trainer();
        string path = _folder.PathOf("model.zip"), other = _folder.PathOf("other.zip");
        _ml.Model.SaveMlpWithReplay(Pipeline(trainer).Fit(data), data.Schema, path);
        _ml.Model.SaveMlpWithReplay(Pipeline(trainer).Fit(Rows(["a", "b"])), data.Schema, other);
        File.Copy(other + ".replay", path + ".replay", overwrite: true);
        Assert.Equal(
            $"'{path}.replay' is the memory of another model. Delete it, or put that of this model in its place.",
            Assert.Throws<FormatException>(() => _ml.Model.LoadMlpWithReplay(path, out _)).Message);
        File.WriteAllText(path + ".replay", "hello");
        Assert.StartsWith(
            $"'{path}.replay' cannot be read: This is not the memory of a model: it does not begin with MLPMEMRY.",
            Assert.Throws<FormatException>(() => _ml.Model.LoadMlpWithReplay(path, out _)).Message);
        File.WriteAllText(path + ".replay", "MLPMEMRY");
        Assert.StartsWith(
            $"'{path}.replay' cannot be read: Replay file ends ",
            Assert.Throws<FormatException>(() => _ml.Model.LoadMlpWithReplay(path, out _)).Message);
        File.Delete(path + ".replay");
        Assert.Null(NetworkOf(_ml.Model.LoadMlpWithReplay(path, out _)).ReplayMemory);
        Assert.StartsWith(
            "The model has no memory",
            Assert.Throws<ArgumentException>(() => _ml.Model.SaveMlpWithReplay(_ml.Model.Load(path, out _), data.Schema, path)).Message);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        using (Stream entry = zip.CreateEntry(ReplayPlaces.EntryName).Open())
            entry.Write(new byte[100]);
        Assert.StartsWith(
            $"The entry Mlp/memory of '{path}' cannot be read",
            Assert.Throws<FormatException>(() => _ml.Model.LoadMlpWithReplay(path, out _)).Message);
    }

    [Fact]
    public void TrainersOfOtherTasks_AreRefused()
    {
        IDataView data = Rows(["a", "b", "c"]);
        ITransformer model = Pipeline(Trainer()).Fit(data);
        Assert.StartsWith(
            "The network of the model is a MlpRegressionTransformer, and the trainer makes a MlpBinaryTransformer.",
            Assert.Throws<ArgumentException>(
                () => _ml.Model.UpdateMlp(model, data, _ml.BinaryClassification.Trainers.Mlp())).Message);
    }

    private static MlpTransformerBase NetworkOf(ITransformer model) => Mlp.MLNet.Models.TrainedModels.Find(model);

    private static string[] SlotNames(IDataView data)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["Features"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => $"{name}")];
    }

    private MlpRegressionTrainer Trainer()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression("Number", numberOfEpochs: 60);
        (options.CategoricalEmbedding, options.ReplayRowCount) = (new CategoricalEmbedding(), 1000);
        return _ml.Regression.Trainers.Mlp(options);
    }

    private IEstimator<ITransformer> Pipeline(MlpRegressionTrainer trainer) =>
        _ml.Transforms.Categorical.OneHotEncoding([new("Shop"), new("Day")])
            .Append(_ml.Transforms.Concatenate("Features", "Shop", "Size", "Day")).Append(trainer);

    private IDataView Rows(string[] shops, int rowCount = 300) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rowCount).Select(index =>
        {
            string shop = shops[index % shops.Length];
            return new Row { Shop = shop, Day = index / 7 % 2 == 0 ? "x" : "y", Size = index % 5, Number = 10 * (shop[0] - 'a') };
        }));

    private sealed class Row
    {
        public string Shop { get; set; } = "";

        public string Day { get; set; } = "";

        public float Size { get; set; }

        public float Number { get; set; }
    }
}
