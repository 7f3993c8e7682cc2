using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Soak.Kill;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>There is always a whole model under the name.</summary>
public sealed class SaveAtomicallyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    private string ModelPath => _folder.PathOf("model.zip");

    [Fact]
    public void SavedModel_IsTheOneThatSaveWrites()
    {
        IDataView data = Moons.View(_ml);
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options()).Fit(data);
        _ml.Model.SaveAtomically(model, data.Schema, ModelPath);
        _ml.Model.Save(model, data.Schema, _folder.PathOf("plain.zip"));
        ITransformer loaded = _ml.Model.Load(ModelPath, out DataViewSchema schema);
        _ml.Model.Load(_folder.PathOf("plain.zip"), out DataViewSchema expected);
        Assert.Equal(Moons.Scores(model, data), Moons.Scores(loaded, data));
        Assert.Equal(expected.Select(column => (column.Name, column.Type)), schema.Select(column => (column.Name, column.Type)));
        Assert.Equal(["model.zip", "plain.zip"], _folder.FileNames);
    }

    [Fact]
    public void SavedLoader_ReadsAgain()
    {
        string text = _folder.PathOf("rows.csv");
        File.WriteAllText(text, "1,2\n3,4\n");
        TextLoader loader = _ml.Data.CreateTextLoader(
            [new TextLoader.Column("A", DataKind.Single, 0), new TextLoader.Column("B", DataKind.Single, 1)], separatorChar: ',');
        ITransformer model = _ml.Transforms.Concatenate("Features", "A", "B").Fit(loader.Load(text));
        _ml.Model.SaveAtomically(model, loader, ModelPath);
        _ml.Model.SaveAtomically(model: null, loader, _folder.PathOf("loader.zip"));
        ITransformer loaded = _ml.Model.LoadWithDataLoader(ModelPath, out IDataLoader<IMultiStreamSource> loadedLoader);
        Assert.Equal([1f, 3f], loaded.Transform(loadedLoader.Load(new MultiFileSource(text))).GetColumn<float>("A"));
        Assert.Equal(["loader.zip", "model.zip", "rows.csv"], _folder.FileNames);
    }

    /// <summary>ML.NET's own Save empties the file first, and leaves half a zip.</summary>
    [Fact]
    public void Killed_WhileItSaves_LeavesTheOldModel_AndTheNextSaveTidiesUp()
    {
        IDataView data = Moons.View(_ml);
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options()).Fit(data);
        _ml.Model.SaveAtomically(model, data.Schema, ModelPath);
        byte[] before = File.ReadAllBytes(ModelPath);
        for (int time = 0; time < 2; time++)
        {
            using (Process child = SoakProcess.Start(null, [SaveChild.Verb, ModelPath]))
            {
                Assert.Equal(SaveChild.HalfWritten, child.StandardOutput.ReadLine());
                child.Kill();
                child.WaitForExit();
            }
            // The second child found what the first one left.
            Assert.Single(_folder.FileNames, name => name!.EndsWith(".temporary", StringComparison.Ordinal));
            Assert.Equal(before, File.ReadAllBytes(ModelPath));
        }
        _ml.Model.SaveAtomically(model, data.Schema, ModelPath);
        Assert.Equal(["model.zip"], _folder.FileNames);
        Assert.Equal(Moons.Scores(model, data), Moons.Scores(_ml.Model.Load(ModelPath, out _), data));
    }

    [Fact]
    public void SaveAsOnnx_ThatFails_LeavesTheOldFile()
    {
        MlpModelParameters model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options()).Fit(Moons.View(_ml)).Model;
        string path = _folder.PathOf("model.onnx");
        model.SaveAsOnnx(path);
        using var expected = new MemoryStream();
        model.SaveAsOnnx(expected);
        Assert.Equal(expected.ToArray(), File.ReadAllBytes(path));
        Assert.Throws<IOException>(() => model.SaveAsOnnx(_folder.PathOf("missing/model.onnx")));
        Assert.Equal(["model.onnx"], _folder.FileNames);
    }

    public void Dispose() => _folder.Dispose();
}
