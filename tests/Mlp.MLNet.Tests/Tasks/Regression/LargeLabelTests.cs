using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Tests.Onnx;

namespace Mlp.MLNet.Tests;

/// <summary>Labels whose common part is large against what is to be learnt: days, coordinates on maps, counters.</summary>
public class LargeLabelTests
{
    private const int RowCount = 500;

    private readonly MLContext _ml = new(seed: 1);

    // Deviation of the label: 1.15 times the scale.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e3, 1)]
    [InlineData(1e5, 1)]
    [InlineData(2_460_000, 1)]
    [InlineData(-2_460_000, 1)]
    [InlineData(1e8, 1)]
    [InlineData(1e20, 1e14)]
    [InlineData(1e-24, 1e-30)]
    public void OneTarget_IsLearntToTheFloatStepOfTheLabel(double commonPart, double scale)
    {
        IDataView data = View(commonPart, scale);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Options()).Fit(data, data);
        AssertLearnt(model, data, commonPart, scale);
    }

    [Theory]
    [InlineData(MlpPreset.Fast)]
    [InlineData(MlpPreset.Default)]
    public void Recipes_LearnIt(MlpPreset preset)
    {
        var options = new MlpRegressionTrainer.Options(preset)
        {
            NumberOfEpochs = 30,
            HiddenLayerSizes = [32],
            Seed = 1,
            NumberOfThreads = 1
        };
        options.NumberOfNetworks = preset == MlpPreset.Fast ? 1 : 2;
        IDataView data = View(2_460_000);
        AssertLearnt(_ml.Regression.Trainers.Mlp(options).Fit(data, data), data, 2_460_000, scale: 1);
    }

    [Fact]
    public void UnitsWithoutBiases_LearnIt()
    {
        IDataView data = View(2_460_000);
        MlpRegressionTrainer.Options options = Options();
        options.HasBiases = false;
        AssertLearnt(_ml.Regression.Trainers.Mlp(options).Fit(data, data), data, 2_460_000, scale: 1);
    }

    [Fact]
    public void SeveralTargets_AreEachLearntToTheirStep()
    {
        IDataView data = View(2_460_000);
        MlpRegressionTrainer.Options options = Options();
        options.LabelColumnName = "Several";
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        float[][] labels = [.. data.GetColumn<float[]>("Several")], scores = [.. model.Transform(data).GetColumn<float[]>("Score")];
        // 4x, -1e7 + 100x, x and a constant: a step of 1/4, 1, nearly 0 and 0.
        double[] bounds = [0.15, 1, 0.03, 0.01];
        for (int target = 0; target < bounds.Length; target++)
            Assert.InRange(RootMeanSquare(labels.Zip(scores, (label, score) => (double)label[target] - score[target])), 0, bounds[target]);
    }

    [Fact]
    public void EveryWayToAScore_GivesTheSame()
    {
        IDataView data = View(2_460_000);
        MlpRegressionTrainer.Options options = Options();
        (options.NumberOfNetworks, options.BoundScores) = (3, true);
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(data);
        float[] expected = Moons.Scores(model, data);
        Assert.InRange(expected.Distinct().Count(), 15, 25);

        PredictionEngine<Row, Prediction> engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(model);
        Row[] rows = Rows(2_460_000);
        Assert.Equal(expected, rows.Select(row => engine.Predict(row).Score));

        using var zip = new MemoryStream();
        _ml.Model.Save(model, data.Schema, zip);
        zip.Position = 0;
        Assert.Equal(expected, Moons.Scores(new MLContext().Model.Load(zip, out _), data));

        using var file = new MemoryStream();
        model.Model.Save(file);
        file.Position = 0;
        using var predictor = new Predictor<float>(ModelFile.Read<float>(file));
        var outputs = new float[RowCount];
        predictor.Predict(rows.SelectMany(row => row.Features).ToArray(), outputs);
        Assert.Equal(expected, outputs);

        float[] explained = [.. _ml.Model.ExplainMlp(model, _ml.Data.TakeRows(data, 20)).GetColumn<float>("ExplainedScore")];
        Assert.All(expected.Zip(explained), pair => Assert.Equal(pair.First, pair.Second, 0.25f));

        using var onnx = new MemoryStream();
        model.Model.SaveAsOnnx(onnx);
        using var session = new OnnxRuntimeSession(onnx.ToArray());
        float[] scores = session.Predict<float>([.. rows.SelectMany(row => row.Features)], "Score");
        // Where a sum in another order crosses a boundary, a score is a step off.
        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 0.25f));
        Assert.InRange(expected.Zip(scores).Count(pair => pair.First != pair.Second), 0, 10);
    }

    [Theory]
    [InlineData(2_460_000)]
    [InlineData(2_460_016)]
    public void WarmStart_GoesOnWhereTheModelWas(double commonPart)
    {
        IDataView data = View(2_460_000), next = View(commonPart);
        MlpModelParameters start = _ml.Regression.Trainers.Mlp(Options()).Fit(data).Model;
        MlpRegressionTrainer.Options options = Options();
        (options.NumberOfEpochs, options.Optimizer) = (1, new Sgd { LearningRate = 1e-9 });
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(next, null, start);
        Assert.InRange(RootMeanSquare(Moons.Scores(model, data).Zip(Rows(2_460_000), (score, row) => (double)score - row.Label)), 0, 0.2);
    }

    [Fact]
    public void AFeatureWithALargeCommonPart_LosesNothing()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows(0).Select(row => new Row
        {
            // A step of 1/4: x is 400 times as large.
            Features = [2_460_000 + 400 * row.Features[0], row.Features[1]],
            Label = row.Label,
        }));
        foreach (FeatureNormalization normalization in Enum.GetValues<FeatureNormalization>())
        {
            MlpRegressionTrainer.Options options = Options();
            options.Normalization = normalization;
            float[] scores = Moons.Scores(_ml.Regression.Trainers.Mlp(options).Fit(data), data);
            Assert.InRange(RootMeanSquare(scores.Zip(Rows(0), (score, row) => (double)score - row.Label)), 0, 0.02);
        }
    }

    private static MlpRegressionTrainer.Options Options() => new(MlpPreset.Plain)
    {
        HiddenLayerSizes = [12],
        Activation = Activation.Tanh,
        Optimizer = new Lbfgs(),
        NumberOfEpochs = 40,
        Seed = 1,
        NumberOfThreads = 1,
    };

    private static double RootMeanSquare(IEnumerable<double> values) => Math.Sqrt(values.Average(value => value * value));

    private static Row[] Rows(double commonPart, double scale = 1) => [.. Enumerable.Range(0, RowCount).Select(row =>
    {
        float x = row / (RowCount - 1f) - 0.5f;
        float label = (float)(commonPart + 4 * scale * x);
        return new Row { Features = [x, row * 37 % 100 / 100f], Label = label, Several = [label, -1e7f + 100 * x, x, 5] };
    })];

    private IDataView View(double commonPart, double scale = 1) => _ml.Data.LoadFromEnumerable(Rows(commonPart, scale));

    /// <summary>The error is that of rounding to the step, or a fiftieth of the deviation; the history says so, too.</summary>
    private void AssertLearnt(MlpRegressionTransformer model, IDataView data, double commonPart, double scale)
    {
        double step = MathF.BitIncrement((float)Math.Abs(commonPart)) - (double)(float)Math.Abs(commonPart);
        double error = _ml.Regression.Evaluate(model.Transform(data)).RootMeanSquaredError;
        Assert.InRange(error, 0, step + scale / 40);
        Assert.InRange(
            model.Model.History.Min(report => report.ValidationMetric!.Value), error - step - 1e-6 * scale, error + step + 1e-6 * scale);
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        [VectorType(4)]
        public float[] Several { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
