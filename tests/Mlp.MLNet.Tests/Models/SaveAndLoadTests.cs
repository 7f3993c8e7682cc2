using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

public class SaveAndLoadTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    private readonly ITransformer _model;
    private readonly byte[] _zip;

    public SaveAndLoadTests()
    {
        _data = Moons.View(_ml);
        _model = _ml.Transforms.Concatenate("Inputs", "X", "Y").Append(_ml.BinaryClassification.Trainers.Mlp(Options("Inputs"))).Fit(_data);
        _zip = Save(_model);
    }

    [Fact]
    public void Load_GivesTheSameBits()
    {
        // A context of its own knows nothing of this assembly; the file names it.
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(_zip), out DataViewSchema schema);
        Assert.Equal(_data.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        Assert.Equal(Moons.Scores(_model, _data), Moons.Scores(loaded, _data));
        MlpBinaryTransformer before = Last(_model), after = Last(loaded);
        Assert.Equal(Moons.Bits(before.Model), Moons.Bits(after.Model));
        Assert.Equal(before.Model.History, after.Model.History);
        Assert.Equal((before.FeatureColumnName, before.FeatureColumnType), (after.FeatureColumnName, after.FeatureColumnType));
    }

    [Fact]
    public void LoadedModel_IsSavedWithTheSameBytes()
    {
        ITransformer loaded = _ml.Model.Load(new MemoryStream(_zip), out _);
        Assert.Equal(Entries(_zip).Where(entry => entry.Key.Contains("Transform_001")), Entries(Save(loaded))
            .Where(entry => entry.Key.Contains("Transform_001")));
    }

    [Fact]
    public void ModelWithoutPipeline_AndScalarFeature_AreKept()
    {
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Options("X")).Fit(_data);
        var loaded = Assert.IsType<MlpBinaryTransformer>(_ml.Model.Load(new MemoryStream(Save(model)), out _));
        Assert.Equal(NumberDataViewType.Single, loaded.FeatureColumnType);
        Assert.Equal(Moons.Scores(model, _data), Moons.Scores(loaded, _data));
    }

    [Fact]
    public void Zip_HoldsTheEnginesModelFile()
    {
        byte[] network = Entries(_zip).Single(entry => entry.Key.EndsWith("Network", StringComparison.Ordinal)).Value;
        Model<float> model = ModelFile.Read<float>(new MemoryStream(network));
        Assert.Equal(Moons.Bits(Last(_model).Model), Moons.Bits(new MlpModelParameters(model)));
    }

    [Fact]
    public void TruncatedNetwork_AtEveryByte_GivesModelFileException()
    {
        byte[] zip = Save(_ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options(MlpPreset.Plain) { HiddenLayerSizes = [], NumberOfEpochs = 1 }).Fit(_data));
        int length = Entries(zip).Single(IsNetwork).Value.Length;
        for (int kept = 0; kept < length; kept++)
        {
            byte[] damaged = Change(zip, IsNetwork, bytes => bytes[..kept]);
            Assert.IsType<ModelFileException>(LoadError(damaged));
        }
    }

    [Fact]
    public void ChangedNetwork_AtEveryByte_GivesModelFileException()
    {
        byte[] zip = Save(_ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options(MlpPreset.Plain) { HiddenLayerSizes = [], NumberOfEpochs = 1 }).Fit(_data));
        int length = Entries(zip).Single(IsNetwork).Value.Length;
        for (int position = 0; position < length; position++)
        {
            byte[] damaged = Change(
                zip, IsNetwork, bytes => [.. bytes[..position], (byte)(bytes[position] ^ 0x41), .. bytes[(position + 1)..]]);
            Assert.IsType<ModelFileException>(LoadError(damaged));
        }
    }

    [Fact]
    public void TruncatedLabel_AtEveryByte_GivesFormatException()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Blobs.Rows(rowCount: 30));
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(_ml.MulticlassClassification.Trainers.Mlp(
                new MlpMulticlassTrainer.Options(MlpPreset.Plain) { HiddenLayerSizes = [], NumberOfEpochs = 1 }))
            .Fit(rows);
        byte[] zip = Save(model);
        int length = Entries(zip).Single(IsLabel).Value.Length;
        for (int kept = 0; kept < length; kept++)
        {
            Assert.Equal(
                "The model file's entry of the network is cut off or damaged. Save or transfer it again.",
                Assert.IsType<FormatException>(LoadError(Change(zip, IsLabel, bytes => bytes[..kept]))).Message);
        }
    }

    [Fact]
    public void MissingNetwork_GivesFormatException()
    {
        Exception exception = LoadError(Change(_zip, IsNetwork, _ => null));
        Assert.Equal("The model file has no entry 'Network' with the weights. Save or transfer it again.",
            Assert.IsType<FormatException>(exception).Message);
    }

    [Fact]
    public void NetworkOfAnotherTask_GivesFormatException()
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, new Model<float>(Network<float>.Create(2, [Layer.Dense(3)])));
        Exception exception = LoadError(Change(_zip, IsNetwork, _ => stream.ToArray()));
        Assert.Equal(
            "The model file has a network of 3 outputs where 1 is expected. It is damaged; save or transfer it again.",
            Assert.IsType<FormatException>(exception).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void WrongKindOfFeatureColumn_GivesFormatException(byte kind)
    {
        // The byte after the 256 of the frame's header and the 4 of the column's name.
        Exception exception = LoadError(Change(_zip, IsHead, bytes => [.. bytes[..260], kind, .. bytes[261..]]));
        Assert.Equal(
            $"The model file has {kind} where 1 stands for a feature vector and 0 for a single number, and a network of 2 inputs. It is "
                + "damaged; save or transfer it again.",
            Assert.IsType<FormatException>(exception).Message);
    }

    [Fact]
    public void WrongNameOfFeatureColumn_GivesFormatException() => Assert.Equal(
        "The model file names no feature column. It is damaged; save or transfer it again.",
        Assert.IsType<FormatException>(LoadError(Change(_zip, IsHead, bytes => [.. bytes[..256], 9, .. bytes[257..]]))).Message);

    private static MlpBinaryTrainer.Options Options(string features)
    {
        MlpBinaryTrainer.Options options = Moons.Options();
        options.FeatureColumnName = features;
        return options;
    }

    private static MlpBinaryTransformer Last(ITransformer chain) =>
        Assert.IsType<MlpBinaryTransformer>(((IEnumerable<ITransformer>)chain).Last());

    private static bool IsNetwork(KeyValuePair<string, byte[]> entry) => entry.Key.EndsWith("Network", StringComparison.Ordinal);

    private static bool IsLabel(KeyValuePair<string, byte[]> entry) => entry.Key.EndsWith("Label", StringComparison.Ordinal);

    private static bool IsHead(KeyValuePair<string, byte[]> entry) =>
        entry.Key.Replace('\\', '/').EndsWith("Transform_001/Model.key", StringComparison.Ordinal);

    /// <summary>What ends the loading: ML.NET calls loaders by reflection and wraps what they throw.</summary>
    private static Exception LoadError(byte[] zip) =>
        Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(new MemoryStream(zip), out _)).GetBaseException();

    private static Dictionary<string, byte[]> Entries(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, ReadAll);
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using Stream source = entry.Open();
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The same zip with one entry changed, or left out where the change gives null.</summary>
    private static byte[] Change(byte[] zip, Func<KeyValuePair<string, byte[]>, bool> which, Func<byte[], byte[]?> change)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (KeyValuePair<string, byte[]> entry in Entries(zip))
            {
                byte[]? bytes = which(entry) ? change(entry.Value) : entry.Value;
                if (bytes is null)
                    continue;
                using Stream target = archive.CreateEntry(entry.Key).Open();
                target.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    private byte[] Save(ITransformer model)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, _data.Schema, stream);
        return stream.ToArray();
    }
}
