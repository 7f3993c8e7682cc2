using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Numbers whose noise grows with a feature, and classes that overlap: for intervals and sets.</summary>
internal static class Noise
{
    public sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        [VectorType(2)]
        public float[] Both { get; set; } = [];

        public bool Flag { get; set; }

        public string Class { get; set; } = "";

        public float Weight { get; set; } = 1;
    }

    /// <summary>y = 2 a + noise of size 0.1 + |b|, a and b even in (−1, 1).</summary>
    public static Row[] Rows(int rowCount, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rowCount).Select(_ =>
        {
            (float a, float b) = (2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1);
            float noise = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            float label = 2 * a + (0.1f + Math.Abs(b)) * noise;
            return new Row
            {
                Features = [a, b],
                Label = label,
                Both = [label, 100 * b + 10 * noise],
                Flag = a + 0.3f * noise > 0,
                Class = a + 0.3f * noise < -0.3f ? "low" : a + 0.3f * noise < 0.3f ? "middle" : "high",
            };
        })];
    }

    public static IDataView View(MLContext ml, int rowCount, int seed = 1) => ml.Data.LoadFromEnumerable(Rows(rowCount, seed));

    /// <summary>Small and quick, with folds and refits.</summary>
    public static MlpRegressionTrainer.Options Options(string label = "Label") => new()
    {
        LabelColumnName = label,
        HiddenLayerSizes = [16],
        NumericEmbedding = NumericEmbedding.None,
        NumberOfEpochs = 8,
        Seed = 1,
        NumberOfThreads = 1,
        PredictionIntervals = 0.9,
    };
}
