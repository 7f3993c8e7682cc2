using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Models with key columns beside the features, in Microsoft.ML.OnnxRuntime.</summary>
public sealed class KeyColumnOnnxTests
{
    private static readonly RunOptions Once = new();

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AFile_PredictsAsTheTransformer_OfKnownMissingAndLaterKeys(int networkCount)
    {
        IDataView data = KeyRows.View(_ml);
        MlpRegressionTrainer.Options options = KeyRows.Regression(5, "ShopKey", "DayKey");
        options.NumberOfNetworks = networkCount;
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        // A sixth shop, and one that the mapping did not know.
        IDataView more = KeyRows.View(_ml, 300, [.. KeyRows.Shops, "f"]);
        using var stream = new MemoryStream();
        model.Model.SaveAsOnnx(stream);
        AssertSame(Moons.Scores(model, more), RunFile(stream.ToArray(), more));
    }

    [Fact]
    public void AConvertedPipeline_PredictsAsTheTransformer()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(KeyRows.Rows());
        TransformerChain<MlpRegressionTransformer> pipeline =
            KeyRows.Keys(_ml).Append(_ml.Regression.Trainers.Mlp(KeyRows.Regression(5, "ShopKey", "DayKey"))).Fit(rows);
        using var stream = new MemoryStream();
        _ml.Model.ConvertToOnnx(pipeline, rows, stream);
        KeyRows.Row[] others = KeyRows.Rows(60, [.. KeyRows.Shops, "z"]);
        float[] expected = [.. pipeline.Transform(_ml.Data.LoadFromEnumerable(others)).GetColumn<float>("Score")];
        using var session = new InferenceSession(stream.ToArray());
        using var features = OrtValue.CreateTensorValueFromMemory<float>([.. others.SelectMany(row => row.Features)], [others.Length, 2]);
        using OrtValue shops = Texts(others.Select(row => row.Shop)), days = Texts(others.Select(row => row.Day));
        var inputs = new Dictionary<string, OrtValue> { ["Features"] = features, ["Shop"] = shops, ["Day"] = days };
        foreach (string name in session.InputNames.Except(inputs.Keys))
            inputs[name] = Empty(session.InputMetadata[name], others.Length);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(Once, inputs, ["Score.output"]);
        AssertSame(expected, results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    private static float[] RunFile(byte[] file, IDataView data)
    {
        using var session = new InferenceSession(file);
        Assert.Equal(["Features", "ShopKey", "DayKey"], session.InputNames);
        float[] values = [.. data.GetColumn<float[]>("Features").SelectMany(row => row)];
        using var features = OrtValue.CreateTensorValueFromMemory(values, [values.Length / 2, 2]);
        using OrtValue shops = Keys("ShopKey"), days = Keys("DayKey");
        var inputs = new Dictionary<string, OrtValue> { ["Features"] = features, ["ShopKey"] = shops, ["DayKey"] = days };
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(Once, inputs, ["Score"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();

        OrtValue Keys(string column)
        {
            long[] keys = [.. data.GetColumn<uint>(column).Select(key => (long)key)];
            return OrtValue.CreateTensorValueFromMemory(keys, [keys.Length, 1]);
        }
    }

    private static OrtValue Texts(IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [all.Length, 1]);
        for (int index = 0; index < all.Length; index++)
            tensor.StringTensorSetElementAt(all[index], index);
        return tensor;
    }

    /// <summary>For columns of the data that no prediction needs.</summary>
    private static OrtValue Empty(NodeMetadata input, int rowCount)
    {
        long[] shape = [rowCount, .. input.Dimensions.Skip(1).Select(size => (long)size)];
        int count = (int)shape.Aggregate((product, size) => product * size);
        return input.ElementDataType switch
        {
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => OrtValue.CreateTensorValueFromMemory(new float[count], shape),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Bool => OrtValue.CreateTensorValueFromMemory(new bool[count], shape),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.UInt32 => OrtValue.CreateTensorValueFromMemory(new uint[count], shape),
            _ => throw new NotSupportedException($"An input of {input.ElementDataType}."),
        };
    }

    private static void AssertSame(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int row = 0; row < found.Length; row++)
            Assert.Equal(expected[row], found[row], 1e-4f * (1 + Math.Abs(expected[row])));
    }
}
