using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Intervals and sets in exported graphs, by Microsoft.ML.OnnxRuntime.</summary>
public class CoverageOnnxTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Intervals_AreTheSame_InPartsOfTheRange_AndWithMissingFeatures()
    {
        Noise.Row[] rows = Noise.Rows(1100);
        for (int row = 0; row < rows.Length; row += 7)
            rows[row].Features[1] = float.NaN;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Noise.Options()).Fit(data);
        IDataView scored = model.Transform(data);
        using var session = Session(model);
        foreach (string name in (string[])["Score", "Score.Lower", "Score.Upper"])
            AssertClose([.. scored.GetColumn<float>(name)], session.Predict<float>(Features(rows), name));
    }

    [Fact]
    public void SeveralTargetsAndLevels_AreTheSame()
    {
        IDataView data = Noise.View(_ml, 1100);
        MlpRegressionTrainer.Options options = Noise.Options("Both");
        (options.PredictionIntervals, options.BoundScores) = ([0.5, 0.9], false);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        IDataView scored = model.Transform(data);
        using var session = Session(model);
        foreach (string name in (string[])["Score.Lower", "Score.Upper"])
        {
            AssertClose(
                [.. scored.GetColumn<float[]>(name).SelectMany(row => row)], session.Predict<float>(Features(Noise.Rows(1100)), name));
        }
    }

    [Fact]
    public void Counts_HaveIntervalsThatAreNotNegative()
    {
        Noise.Row[] rows = Noise.Rows(300);
        foreach (Noise.Row row in rows)
            row.Label = MathF.Round(MathF.Exp(row.Features[0]));
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        MlpRegressionTrainer.Options options = Noise.Options();
        options.Loss = Loss.Poisson;
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        float[] lower = [.. model.Transform(data).GetColumn<float>("Score.Lower")];
        using var session = Session(model);
        AssertClose(lower, session.Predict<float>(Features(rows), "Score.Lower"));
        Assert.All(lower, value => Assert.True(value >= 0));
    }

    [Fact]
    public void Sets_AreTheSame_OfTwoClassesAndOfSeveral()
    {
        IDataView data = Noise.View(_ml, 300);
        MlpBinaryTransformer binary = _ml.BinaryClassification.Trainers.Mlp(PredictionSetsTests.Binary()).Fit(data);
        using (var session = Session(binary))
        {
            Assert.Equal(
                binary.Transform(data).GetColumn<bool[]>("PredictedLabelSet").SelectMany(row => row),
                session.Predict<bool>(Features(Noise.Rows(300)), "PredictedLabelSet"));
        }
        IDataView keys = _ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
        MlpMulticlassTransformer several = _ml.MulticlassClassification.Trainers.Mlp(PredictionSetsTests.Multiclass()).Fit(keys);
        using (var session = Session(several))
        {
            Assert.Equal(
                several.Transform(keys).GetColumn<bool[]>("PredictedLabelSet").SelectMany(row => row),
                session.Predict<bool>(Features(Noise.Rows(300)), "PredictedLabelSet"));
        }
    }

    [Fact]
    public void ConvertToOnnx_HasTheIntervals()
    {
        IDataView data = Noise.View(_ml, 300);
        ITransformer model = _ml.Transforms.NormalizeMeanVariance("Features")
            .Append(_ml.Regression.Trainers.Mlp(Noise.Options())).Fit(data);
        using var file = new MemoryStream();
        // All columns of the data are inputs of the graph: none but the features.
        IDataView features = _ml.Data.LoadFromEnumerable(Noise.Rows(300).Select(row => new FeaturesAlone { Features = row.Features }));
        _ml.Model.ConvertToOnnx(model, features, file);
        IDataView scored = model.Transform(features);
        using var session = new OnnxRuntimeSession(file.ToArray());
        AssertClose(
            [.. scored.GetColumn<float>("Score.Upper")],
            session.Predict<float>(Features(Noise.Rows(300)), "Score.Upper.output"));
    }

    private sealed class FeaturesAlone
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private static OnnxRuntimeSession Session(MlpTransformerBase model)
    {
        using var file = new MemoryStream();
        model.Model.SaveAsOnnx(file);
        return new OnnxRuntimeSession(file.ToArray());
    }

    private static float[] Features(Noise.Row[] rows) => [.. rows.SelectMany(row => row.Features)];

    // Single precision: some units in the last place of what is added up.
    private static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        float size = expected.Max(MathF.Abs);
        for (int index = 0; index < expected.Length; index++)
            Assert.InRange(found[index], expected[index] - 2e-5f * size, expected[index] + 2e-5f * size);
    }
}
