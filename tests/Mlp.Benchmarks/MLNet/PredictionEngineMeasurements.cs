using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Benchmarks;

/// <summary>One object at a time, beside ML.NET's logistic regression.</summary>
internal static class PredictionEngineMeasurements
{
    private const int FeatureCount = 30;
    private const double AllowanceInMicroseconds = 1;

    /// <param name="seconds">Per measurement.</param>
    public static MLNetResult Run(double seconds)
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, 200).Select(index => new Row
        {
            Features = [.. Enumerable.Range(0, FeatureCount).Select(_ => random.NextSingle() - 0.5f)],
            Label = index % 2 == 1,
        })];
        MlpBinaryTransformer network = ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options(MlpPreset.Plain) { HiddenLayerSizes = [64, 32], NumberOfEpochs = 1, Seed = 1 })
                .Fit(ml.Data.LoadFromEnumerable(rows));
        double value = Microseconds(ml, network, rows, seconds);
        double reference = Microseconds(
            ml, ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(ml.Data.LoadFromEnumerable(rows)), rows, seconds);
        return new(
            "PredictionEngine 30-64-32-1, one row", value, "us", "logistic regression, 30 features",
            reference, reference + AllowanceInMicroseconds, $"{AllowanceInMicroseconds} us more");
    }

    private static double Microseconds(MLContext ml, ITransformer model, Row[] rows, double seconds)
    {
        PredictionEngine<Row, Prediction> engine = ml.Model.CreatePredictionEngine<Row, Prediction>(model);
        var prediction = new Prediction();
        int next = 0;
        return 1e6 / Engine.Rate(
            () =>
            {
                engine.Predict(rows[next], ref prediction);
                next = (next + 1) % rows.Length;
            },
            seconds);
    }

    private sealed class Row
    {
        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
