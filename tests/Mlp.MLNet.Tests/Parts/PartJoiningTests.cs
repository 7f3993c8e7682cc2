using System.IO.Compression;
using Microsoft.ML;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>Networks that several jobs trained are those of one process.</summary>
public sealed class PartJoiningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Tasks => ["binary", "multiclass", "labels", "regression", "targets"];

    public void Dispose() => _folder.Dispose();

    /// <summary>Four networks that hold rows out, and refits of three of them.</summary>
    [Theory]
    [MemberData(nameof(Tasks))]
    public void JoinedParts_AreTheModelOfOneProcess(string task)
    {
        IDataView data = Blobs.View(_ml, Blobs.Rows(240));
        ITransformer whole = Fit(task, data, part: null);
        Save(whole, data, "whole.zip");
        string[] parts = [.. Enumerable.Range(1, 3).Select(number => SavePart(task, data, new EnsemblePart(number, 3)))];

        JoinedParts joined = _ml.Model.JoinMlpParts([parts[2], parts[0], parts[1]], _folder.PathOf("joined.zip"));

        ITransformer model = _ml.Model.Load(_folder.PathOf("joined.zip"), out DataViewSchema schema);
        Assert.Equal(NetworkOf(whole).Fingerprint, NetworkOf(model).Fingerprint);
        Assert.Equal((3, 7), (joined.NumberOfParts, joined.NumberOfNetworks));
        Assert.Equal(NetworkOf(whole).Model.Temperature, joined.Temperature);
        Assert.Empty(joined.Warnings);
        Assert.Equal(data.Schema.Count, schema.Count);
        Assert.Equal(Scores(whole, data), Scores(model, data));
        Assert.Equal(Histories(whole), Histories(model));
        Assert.Equal(OthersThanTheNetwork("whole.zip"), OthersThanTheNetwork("joined.zip"));
    }

    [Fact]
    public void WithValidationRows_TheTemperatureIsThatOfAllNetworks()
    {
        IDataView data = Moons.View(_ml, 120, seed: 1), validation = Moons.View(_ml, 240, seed: 2);
        MlpBinaryTransformer Fit(EnsemblePart? part)
        {
            var options = new MlpBinaryTrainer.Options
            {
                Seed = 3,
                NumberOfEpochs = 8,
                HiddenLayerSizes = [8],
                NumberOfNetworks = 3,
                NumberOfThreads = 2,
                Part = part,
            };
            return _ml.BinaryClassification.Trainers.Mlp(options).Fit(data, validation);
        }
        MlpBinaryTransformer whole = Fit(null);
        string[] paths = [.. Enumerable.Range(1, 2).Select(number => _folder.PathOf($"part{number}"))];
        for (int number = 1; number <= 2; number++)
            _ml.Model.SaveMlpPart(Fit(new EnsemblePart(number, 2)), data.Schema, paths[number - 1]);

        JoinedParts joined = _ml.Model.JoinMlpParts(paths, _folder.PathOf("joined.zip"));

        Assert.NotEqual(1, joined.Temperature);
        Assert.Equal(whole.Fingerprint, NetworkOf(_ml.Model.Load(_folder.PathOf("joined.zip"), out _)).Fingerprint);
    }

    [Fact]
    public void SparseSlotsCategoriesAndMissingValues_AreJoinedToo()
    {
        IDataView data = MixedRows.View(_ml);
        ITransformer Fit(EnsemblePart? part)
        {
            MlpRegressionTrainer.Options options = MixedRows.Regression();
            (options.NumberOfNetworks, options.NumberOfEpochs, options.Part, options.Seed) = (2, 2, part, 1);
            return MixedRows.Fit(_ml, data, _ml.Regression.Trainers.Mlp(options));
        }
        string[] paths = [_folder.PathOf("a"), _folder.PathOf("b")];
        _ml.Model.SaveMlpPart(Fit(new EnsemblePart(1, 2)), data.Schema, paths[0]);
        _ml.Model.SaveMlpPart(Fit(new EnsemblePart(2, 2)), data.Schema, paths[1]);

        _ml.Model.JoinMlpParts(paths, _folder.PathOf("joined.zip"));

        Assert.Equal(
            NetworkOf(Fit(null)).Fingerprint, NetworkOf(_ml.Model.Load(_folder.PathOf("joined.zip"), out _)).Fingerprint);
    }

    [Fact]
    public void CheckpointsOfJobs_GoOnWithTheSameBits()
    {
        IDataView data = Blobs.View(_ml);
        string expected = SavePart("binary", data, new EnsemblePart(2, 2), "expected");
        var checkpoint = new Checkpoint(_folder.PathOf("c"));
        Assert.Throws<OperationCanceledException>(() => Fit("binary", data, new EnsemblePart(2, 2), options =>
        {
            options.Checkpoint = checkpoint;
            // One after the other: what is done when it ends does not depend on how busy the machine is.
            options.NumberOfThreads = 1;
            options.EpochCallback = report =>
            {
                if (report.NetworkIndex == 3)
                    throw new OperationCanceledException();
            };
        }));
        var networks = new HashSet<int>();

        ITransformer part = Fit("binary", data, new EnsemblePart(2, 2), options =>
        {
            options.Checkpoint = checkpoint;
            options.EpochCallback = report => networks.Add(report.NetworkIndex);
        });
        _ml.Model.SaveMlpPart(part, data.Schema, _folder.PathOf("resumed"));

        // Of the networks 2 and 4 of four, and the refit of the second, the first was done.
        Assert.Equal([3, 5], networks.Order());
        string other = SavePart("binary", data, new EnsemblePart(1, 2));
        string[] fingerprints = [.. new[] { expected, _folder.PathOf("resumed") }.Select(path =>
        {
            _ml.Model.JoinMlpParts([other, path], path + ".zip");
            return NetworkOf(_ml.Model.Load(path + ".zip", out _)).Fingerprint;
        })];
        Assert.Equal(fingerprints[0], fingerprints[1]);
    }

    [Fact]
    public void MissingAndRepeatedParts_AreNamed()
    {
        IDataView data = Blobs.View(_ml);
        string[] parts = [.. Enumerable.Range(1, 4).Select(number => SavePart("regression", data, new EnsemblePart(number, 4)))];

        Assert.Equal(
            "Parts 2/4, 4/4 of the training are missing; 2 of 4 are there. Train them, and join all of them.",
            Refusal(parts[0], parts[2]));
        Assert.StartsWith("Part 4/4 of the training is missing; 3 of 4 are there.", Refusal(parts[..3]), StringComparison.Ordinal);
        File.Copy(parts[1], _folder.PathOf("copy"));
        Assert.Equal(
            $"'{parts[1]}' and '{_folder.PathOf("copy")}' are both part 2/4. Give each part once.",
            Refusal([.. parts, _folder.PathOf("copy")]));
        Assert.StartsWith("There are no parts to join.", Assert.Throws<ArgumentException>(
            () => _ml.Model.JoinMlpParts([], _folder.PathOf("joined.zip"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("joined.zip")));
    }

    [Fact]
    public void PartsOfOtherTrainings_AreRefused_WithWhatDiffers()
    {
        IDataView data = Blobs.View(_ml), others = Blobs.View(_ml, Blobs.Rows(150, seed: 2));
        var second = new EnsemblePart(2, 2);
        string first = SavePart("regression", data, new EnsemblePart(1, 2));
        (string Difference, string Path)[] wrong =
        [
            ("Seed was 1 and is 9.", SavePart("regression", data, second, "seed", options => options.Seed = 9)),
            ("NumberOfEpochs was 4 and is 5", SavePart("regression", data, second, "epochs", options => options.NumberOfEpochs = 5)),
            ("Networks side by side was 4 and is 3",
                SavePart("regression", data, second, "networks", options => options.NumberOfNetworks = 6)),
            ("Checksum of the training features", SavePart("regression", others, second, "rows")),
            ("Number of jobs was 2 and is 3", SavePart("regression", data, new EnsemblePart(2, 3), "jobs")),
            ("Layers[0] was 8 x", SavePart("regression", data, second, "layers", options => options.HiddenLayerSizes = [9])),
            ("Loss was", SavePart("multiclass", data, second, "task")),
        ];
        foreach ((string difference, string path) in wrong)
        {
            string message = Refusal(first, path);
            Assert.StartsWith($"'{path}' is part of another training than '{first}': ", message, StringComparison.Ordinal);
            Assert.Contains(difference, message, StringComparison.Ordinal);
        }
    }

    /// <summary>The features are the same, but what makes them of a table is not.</summary>
    [Fact]
    public void PartsOfOtherPipelines_AreRefused()
    {
        IDataView data = Blobs.View(_ml);
        string Save(int number, float replacement)
        {
            var pipeline = _ml.Transforms.Expression("Unused", $"x => x + {replacement}", "Price")
                .Append(_ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)Options("regression", new EnsemblePart(number, 2))));
            string path = _folder.PathOf($"pipeline{number}");
            _ml.Model.SaveMlpPart(pipeline.Fit(data), data.Schema, path);
            return path;
        }
        string first = Save(1, 1), second = Save(2, 2);

        Assert.StartsWith(
            $"'{second}' is part of another training than '{first}': what the models in them do before the network differs "
                + "(TransformerChain/Transform_000/", Refusal(first, second), StringComparison.Ordinal);
    }

    [Fact]
    public void WrongOptions_AreRefused()
    {
        IDataView data = Blobs.View(_ml);
        Assert.StartsWith(
            "Part is 6/6, but only 4 networks are trained side by side: a job would have none.",
            Assert.Throws<ArgumentException>(() => Fit("binary", data, new EnsemblePart(6, 6))).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Number is 3; it must be from 1 to 2.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Fit("binary", data, new EnsemblePart(3, 2))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("Part is set, but Seed is not;", Assert.Throws<ArgumentException>(
            () => Fit("binary", data, new EnsemblePart(1, 2), options => options.Seed = null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Part is set, and ReturnBestOnCancellation is true;", Assert.Throws<ArgumentException>(
            () => Fit("binary", data, new EnsemblePart(1, 2), options => options.ReturnBestOnCancellation = true)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("The network is no part of a training:", Assert.Throws<ArgumentException>(
            () => _ml.Model.SaveMlpPart(Fit("binary", data, null), data.Schema, _folder.PathOf("x"))).Message, StringComparison.Ordinal);
    }

    private string Refusal(params string[] parts) => Assert.Throws<InvalidOperationException>(
        () => _ml.Model.JoinMlpParts(parts, _folder.PathOf("joined.zip"))).Message;

    private string SavePart(string task, IDataView data, EnsemblePart part, string? name = null, Action<MlpOptions>? change = null)
    {
        string path = _folder.PathOf(name ?? $"{task}{part.Number}");
        _ml.Model.SaveMlpPart(Fit(task, data, part, change), data.Schema, path);
        return path;
    }

    private void Save(ITransformer model, IDataView data, string name) => _ml.Model.Save(model, data.Schema, _folder.PathOf(name));

    private static MlpTransformerBase NetworkOf(ITransformer model) =>
        model as MlpTransformerBase ?? ((IEnumerable<ITransformer>)model).OfType<MlpTransformerBase>().Last();

    private ITransformer Fit(string task, IDataView data, EnsemblePart? part, Action<MlpOptions>? change = null)
    {
        MlpOptions options = Options(task, part);
        change?.Invoke(options);
        return options switch
        {
            MlpBinaryTrainer.Options binary => _ml.BinaryClassification.Trainers.Mlp(binary).Fit(data),
            MlpMulticlassTrainer.Options multiclass => _ml.MulticlassClassification.Trainers.Mlp(multiclass).Fit(data),
            MlpMultiLabelTrainer.Options labels => _ml.MulticlassClassification.Trainers.MlpMultiLabel(labels).Fit(data),
            _ => _ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)options).Fit(data),
        };
    }

    private static MlpOptions Options(string task, EnsemblePart? part)
    {
        MlpOptions options = task switch
        {
            "binary" => new MlpBinaryTrainer.Options { LabelColumnName = "Flag" },
            "multiclass" => new MlpMulticlassTrainer.Options { LabelColumnName = "ClassKey" },
            "labels" => new MlpMultiLabelTrainer.Options { LabelColumnName = "Labels" },
            _ => new MlpRegressionTrainer.Options { LabelColumnName = task == "targets" ? "Targets" : "Price" },
        };
        (options.HiddenLayerSizes, options.NumberOfEpochs, options.Seed, options.NumberOfThreads) = ([8], 4, 1, 2);
        // Of an odd number some networks have no refit.
        (options.NumberOfNetworks, options.Part) = (7, part);
        return options;
    }

    private static float[] Scores(ITransformer model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        DataViewSchema.Column score = scored.Schema["Score"];
        return score.Type is Microsoft.ML.Data.VectorDataViewType
            ? [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float[]>(scored, "Score").SelectMany(row => row)]
            : [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(scored, "Score")];
    }

    /// <summary>Without the seconds, which no two trainings share.</summary>
    private static EpochResult[] Histories(ITransformer model) =>
        [.. NetworkOf(model).Model.EngineModel.History.Select(report => report with { Seconds = 0 })];

    private (string, uint)[] OthersThanTheNetwork(string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(_folder.PathOf(name));
        return [.. zip.Entries.Where(entry => !entry.FullName.EndsWith("Network", StringComparison.Ordinal))
            .Select(entry => (entry.FullName, entry.Crc32))];
    }
}
