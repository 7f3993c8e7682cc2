using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Mlp.MLNet.Tests.Onnx;
using Mlp.Reports;

namespace Mlp.MLNet.Tests;

/// <summary>ML.NET's calls that take a binary trainer or a model take those of this project.</summary>
public class MetaTrainersTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data, _test;

    public MetaTrainersTests()
    {
        _data = Blobs.View(_ml);
        _test = Blobs.View(_ml, Blobs.Rows(seed: 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OneVersusAll_Learns_SavesAndLoads(bool useProbabilities)
    {
        OneVersusAllTrainer trainer = _ml.MulticlassClassification.Trainers.OneVersusAll(
            Binary(), labelColumnName: "ClassKey", useProbabilities: useProbabilities);
        AssertLearns(trainer.Fit(_data));
    }

    [Fact]
    public void PairwiseCoupling_Learns_SavesAndLoads() =>
        AssertLearns(_ml.MulticlassClassification.Trainers.PairwiseCoupling(Binary(), labelColumnName: "ClassKey").Fit(_data));

    [Fact]
    public void CalculateFeatureContribution_GivesTheLargestOfExplainMlp()
    {
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Blobs.Binary(20)).Fit(_data);
        float[][] expected = [.. _ml.Model.ExplainMlp(model, _test).GetColumn<float[]>("FeatureContributions")];
        IDataView scored = model.Transform(_test);
        ITransformer all = _ml.Transforms.CalculateFeatureContribution(model, normalize: false).Fit(scored);
        Assert.Equal(expected, all.Transform(scored).GetColumn<float[]>("FeatureContributions"));
        ITransformer loaded = ColumnText.SaveAndLoad(_ml, all, scored.Schema);
        Assert.Equal(expected, loaded.Transform(scored).GetColumn<float[]>("FeatureContributions"));

        float[][] one = [.. _ml.Transforms.CalculateFeatureContribution(model, 1, 0).Fit(scored).Transform(scored)
            .GetColumn<float[]>("FeatureContributions")];
        Assert.All(one.Zip(expected), pair =>
        {
            float largest = pair.Second.Max(), unit = pair.Second.Max(Math.Abs);
            Assert.Equal(pair.Second.Select(value => value == largest && value > 0 ? value / unit : 0), pair.First, (a, b) =>
                Math.Abs(a - b) < 1e-6);
        });
    }

    [Fact]
    public void CalculateFeatureContribution_TakesEveryTask()
    {
        IDataView scored = _data;
        foreach (ITransformer model in (ITransformer[])
        [
            _ml.Transforms.CalculateFeatureContribution(_ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass()).Fit(_data))
                .Fit(_data),
            _ml.Transforms.CalculateFeatureContribution(_ml.Regression.Trainers.Mlp(Blobs.Regression("Targets")).Fit(_data)).Fit(_data),
            _ml.Transforms.CalculateFeatureContribution(_ml.MulticlassClassification.Trainers.MlpMultiLabel(Blobs.MultiLabel()).Fit(_data))
                .Fit(_data),
        ])
        {
            Assert.All(
                model.Transform(scored).GetColumn<float[]>("FeatureContributions"), row => Assert.Equal(1, row.Max(Math.Abs), 1e-6f));
        }
    }

    [Fact]
    public void AThreshold_OfScoreOrProbability_DecidesWhatIsPredicted()
    {
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Blobs.Binary(3)).Fit(_data);
        Assert.Equal(0, model.ScoreThreshold);
        AssertDecides(model, row => row.Score > 0);
        AssertDecides(model.WithThreshold(0.3f), row => row.Probability > 0.3f);
        AssertDecides(model.WithThreshold(0.3f).WithThreshold(0.5f), row => row.Score > 0);
        AssertDecides(_ml.BinaryClassification.ChangeModelThreshold(model, -0.4f), row => row.Score > -0.4f);
        Assert.Equal(0, model.ScoreThreshold);
        foreach (float wrong in (float[])[0, 1, -0.5f, float.NaN])
            Assert.Throws<ArgumentOutOfRangeException>("probability", () => model.WithThreshold(wrong));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => _ml.BinaryClassification.ChangeModelThreshold(model, float.NaN));
    }

    [Fact]
    public void AThreshold_IsInTheEvaluation_TheReport_AndOnnx()
    {
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Blobs.Binary(3)).Fit(_data).WithThreshold(0.9f);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(model, _test, "Flag");
        IDataView scored = model.Transform(_test);
        double accuracy = scored.GetColumn<bool>("Flag").Zip(scored.GetColumn<bool>("PredictedLabel"))
            .Average(row => row.First == row.Second ? 1 : 0);
        Assert.Equal(accuracy, metrics.Accuracy, 1e-12);
        // ML.NET's own compares Score with 0, for its own models, too.
        CalibratedBinaryClassificationMetrics plain = _ml.BinaryClassification.Evaluate(model.Transform(_test), "Flag");
        Assert.NotEqual(accuracy, plain.Accuracy);
        Assert.Equal((plain.LogLoss, plain.AreaUnderRocCurve), (metrics.LogLoss, metrics.AreaUnderRocCurve));
        Assert.Equal(plain.Accuracy, _ml.BinaryClassification.Evaluate(model.WithThreshold(0.5f), _test, "Flag").Accuracy);
        Assert.StartsWith(
            "The network in the model is not of a binary trainer.",
            Assert.Throws<ArgumentException>("model", () =>
                _ml.BinaryClassification.Evaluate(_ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(_data), _test)).Message);
        ReportMetric figure = _ml.Model.ReportMlp(model, null, _test, "Flag").Metrics.Single(metric => metric.Name == "Accuracy");
        Assert.Equal(accuracy, figure.Value, 1e-12);

        using var stream = new MemoryStream();
        model.Model.SaveAsOnnx(stream);
        float[] features = [.. _test.GetColumn<float[]>("Features").SelectMany(row => row)];
        using var session = new OnnxRuntimeSession(stream.ToArray());
        Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), session.Predict<bool>(features, "PredictedLabel"));
    }

    private MlpBinaryTrainer Binary()
    {
        MlpBinaryTrainer.Options options = Blobs.Binary(20);
        options.LabelColumnName = "ClassKey";
        return _ml.BinaryClassification.Trainers.Mlp(options);
    }

    private void AssertLearns(ITransformer model)
    {
        // Observed: 0.99 and more.
        Assert.InRange(_ml.MulticlassClassification.Evaluate(model.Transform(_test), "ClassKey").MicroAccuracy, 0.9, 1);
        ITransformer loaded = ColumnText.SaveAndLoad(_ml, model, _data.Schema);
        Assert.Equal(model.Transform(_test).GetColumn<float[]>("Score"), loaded.Transform(_test).GetColumn<float[]>("Score"));
    }

    private void AssertDecides(MlpBinaryTransformer model, Func<Moons.Prediction, bool> expected)
    {
        foreach (ITransformer each in (ITransformer[])[model, ColumnText.SaveAndLoad(_ml, model, _data.Schema)])
        {
            List<Moons.Prediction> rows = [.. _ml.Data.CreateEnumerable<Moons.Prediction>(each.Transform(_test), reuseRowObject: false)];
            Assert.Equal(rows.Select(expected), rows.Select(row => row.PredictedLabel));
            Assert.Contains(rows, row => row.PredictedLabel);
            Assert.Contains(rows, row => !row.PredictedLabel);
            // One row at a time, too.
            using var engine = _ml.Model.CreatePredictionEngine<Blobs.Row, Moons.Prediction>(each);
            Assert.Equal(rows[7].PredictedLabel, engine.Predict(Blobs.Rows(seed: 2)[7]).PredictedLabel);
        }
    }
}
