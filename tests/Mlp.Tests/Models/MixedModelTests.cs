using Mlp.Data;
using Mlp.Networks;

namespace Mlp.Tests.Models;

public class MixedModelTests
{
    [Fact]
    public void Model_ReadFromItsFile_PredictsTheSame()
    {
        Model<float> model = Create();
        var stream = new MemoryStream();
        ModelFile.Write(stream, model);
        stream.Position = 0;
        Model<float> read = ModelFile.Read<float>(stream);
        Assert.Equal(model.Fingerprint, read.Fingerprint);
        Assert.Equal(Mixed.SlotCount, read.FeatureCount);
        var random = new Random(3);
        float[] features = [.. Enumerable.Range(0, 20).SelectMany(_ => Mixed.Vector<float>(random))];
        Assert.Equal(Predict(model, features, maxRowCount: 20), Predict(read, features, maxRowCount: 7));
    }

    [Fact]
    public void FileOfCurves_GivesThemBack()
    {
        FeatureCurve<float>[] curves = [new(0, [1, 2, 4], [-1, 0, 1]), new(2, [-1e30f, 1e30f], [5, -5])];
        var scaling = new FeatureScaling<float>([10, 20, 0], [0.5f, 2, 1], limit: 3) { Curves = curves };
        var model = new Model<float>(Network<float>.Create(3, [Layer.Dense(1)], seed: 1), scaling);
        var stream = new MemoryStream();
        ModelFile.Write(stream, model);
        stream.Position = 0;
        Model<float> read = ModelFile.Read<float>(stream);
        Assert.Equal(curves.Select(curve => curve.Feature), read.Scaling!.Curves.Select(curve => curve.Feature));
        Assert.Equal(curves.SelectMany(curve => curve.Inputs), read.Scaling.Curves.SelectMany(curve => curve.Inputs));
        Assert.Equal(Predict(model, [3, 21, 7], 1), Predict(read, [3, 21, 7], 1));
        var without = new FeatureScaling<float>([10, 20, 0], [0.5f, 2, 1], 3);
        Assert.NotEqual(model.Fingerprint, new Model<float>(model.Network, without).Fingerprint);
    }

    [Fact]
    public void FileOfNumbersThatMayBeMissing_HasNoLayout()
    {
        var network = Network<double>.Create(new InputDescription(2) { MissingColumns = [1] }, [Layer.Dense(1)], seed: 1);
        var model = new Model<double>(network) { Middles = [0.5, 0] };
        var stream = new MemoryStream();
        ModelFile.Write(stream, model);
        stream.Position = 0;
        Model<double> read = ModelFile.Read<double>(stream);
        Assert.Null(read.Layout);
        Assert.Equal([0.5, 0], read.Middles!);
        Assert.Equal([1], read.Network.Inputs.MissingColumns);
    }

    [Fact]
    public void MissingNumber_WithoutOneInTraining_IsTheMiddle()
    {
        var network = Network<float>.Create(2, [Layer.Dense(1)], seed: 1);
        var scaling = new FeatureScaling<float>([10, 20], [0.5f, 2]);
        var model = new Model<float>(network, scaling) { Middles = [0, 0] };
        Assert.Equal(Predict(model, [10, 21], 1), Predict(model, [float.NaN, 21], 1));
        Assert.Equal(Predict(model, [10, 20], 1), Predict(model, [float.NaN, float.NaN], 1));
        Assert.True(float.IsNaN(Predict(new Model<float>(network, scaling), [float.NaN, 21], 1)[0]));
    }

    [Fact]
    public void UnknownValue_IsTheBase_AndSoIsAWrongOne()
    {
        Model<float> model = Create();
        var unknown = new float[Mixed.SlotCount];
        float[] two = [.. unknown], other = [.. unknown], known = [.. unknown];
        two[Mixed.NumberCount] = two[Mixed.NumberCount + 1] = 1;
        other[Mixed.NumberCount] = 0.5f;
        known[Mixed.NumberCount] = 1;
        float expected = Predict(model, unknown, 1)[0];
        Assert.Equal(expected, Predict(model, two, 1)[0]);
        Assert.Equal(expected, Predict(model, other, 1)[0]);
        Assert.NotEqual(expected, Predict(model, known, 1)[0]);
    }

    /// <summary>Two networks of <see cref="Mixed"/> rows.</summary>
    internal static Model<float> Create()
    {
        Layer[] layers = [Layer.PeriodicEmbedding([1], 3, 2), Layer.Dense(4, Activation.Relu), Layer.Dense(1)];
        Network<float>[] networks = [.. Enumerable.Range(0, 2).Select(seed => Mixed.Network<float>(layers, seed))];
        return new Model<float>(
            networks,
            new FeatureScaling<float>([0.1f, 0, 0], [2, 1, 1], 3) { Curves = [new(2, [-0.25f, 0, 0.5f], [-1, 0.25f, 0.75f])] })
        {
            Layout = Mixed.Layout,
            Middles = [0, 0, 0],
            SparseScaling = new FeatureScaling<float>(new float[Mixed.SparseCount], [.. Enumerable.Repeat(1.5f, Mixed.SparseCount)], 3),
        };
    }

    private static float[] Predict(Model<float> model, float[] features, int maxRowCount)
    {
        var outputs = new float[features.Length / model.FeatureCount];
        using var predictor = new Predictor<float>(model, maxRowCount);
        predictor.Predict(features, outputs);
        return outputs;
    }
}
