using System.Reflection;
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
            new MlpBinaryTrainer.Options(MlpPreset.Plain) { HiddenLayerSizes = [64, 32], NumberOfEpochs = 1, Seed = 1 }).Fit(ml.Data.LoadFromEnumerable(rows));
        double value = Microseconds(ml, network, rows, seconds);
        double? reference = CreateLogisticRegression(ml) is { } trainer
            ? Microseconds(ml, trainer.Fit(ml.Data.LoadFromEnumerable(rows)), rows, seconds) : null;
        return new(
            "PredictionEngine 30-64-32-1, one row", value, "us",
            reference is null ? "logistic regression: the embedded runtime has none" : "logistic regression, 30 features",
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

    /// <summary>By name: the embedded runtime has no trainers, and what is not there cannot be compiled against.</summary>
    private static IEstimator<ITransformer>? CreateLogisticRegression(MLContext ml)
    {
        MethodInfo? method = Type.GetType("Microsoft.ML.StandardTrainersCatalog, Microsoft.ML.StandardTrainers")?.GetMethods()
            .Single(method => method.Name == "LbfgsLogisticRegression" && method.GetParameters()[1].ParameterType == typeof(string));
        if (method is null)
            return null;
        object[] arguments = [ml.BinaryClassification.Trainers, .. method.GetParameters().Skip(1).Select(_ => Type.Missing)];
        return (IEstimator<ITransformer>)method.Invoke(null, BindingFlags.OptionalParamBinding, binder: null, arguments, culture: null)!;
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
