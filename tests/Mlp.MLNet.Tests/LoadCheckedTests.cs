using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class LoadCheckedTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    private readonly byte[] _zip;

    public LoadCheckedTests()
    {
        _data = Moons.View(_ml);
        using var stream = new MemoryStream();
        _ml.Model.Save(
            _ml.Transforms.NormalizeMinMax("Features").Append(_ml.BinaryClassification.Trainers.Mlp(Moons.Options())).Fit(_data),
            _data.Schema, stream);
        _zip = stream.ToArray();
    }

    [Fact]
    public void AnIntactModel_IsThatOfLoad()
    {
        ITransformer model = _ml.Model.LoadChecked(new MemoryStream(_zip), out DataViewSchema? schema);
        Assert.Equal(_data.Schema.Count, schema!.Count);
        Assert.Equal(Moons.Scores(_ml.Model.Load(new MemoryStream(_zip), out _), _data), Moons.Scores(model, _data));
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, _zip);
        Assert.Equal(Moons.Scores(model, _data), Moons.Scores(_ml.Model.LoadChecked(path, out _), _data));
        File.Delete(path);
    }

    [Fact]
    public void Damage_EndsInOneType()
    {
        var types = new HashSet<Type>();
        foreach (byte[] damaged in Damaged())
        {
            Exception? exception = Record.Exception(() => _ml.Model.LoadChecked(new MemoryStream(damaged), out _));
            if (exception is null)
                continue;
            Assert.Equal(typeof(FormatException), exception.GetType());
            Assert.StartsWith("The model file cannot be read: ", exception.Message);
            types.Add(exception.InnerException!.GetType());
        }
        // ML.NET's own answers are of several types: otherwise the test would show nothing.
        Assert.True(types.Count > 1, string.Join(", ", types));
    }

    [Fact]
    public void AFileThatIsNotThere_IsNoDamage() =>
        Assert.Throws<FileNotFoundException>(
            () => _ml.Model.LoadChecked(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), out _));

    /// <summary>Cut off, not a zip, and one byte changed in many places.</summary>
    private IEnumerable<byte[]> Damaged()
    {
        yield return [];
        yield return "no model"u8.ToArray();
        for (int length = 1; length < _zip.Length; length += _zip.Length / 20)
            yield return _zip[..length];
        for (int position = 0; position < _zip.Length; position += _zip.Length / 150)
        {
            byte[] changed = [.. _zip];
            changed[position] ^= 0x55;
            yield return changed;
        }
    }
}
