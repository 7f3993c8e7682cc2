using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Two interleaved half circles with noise: a table that a linear model cannot separate, made by a fixed generator.</summary>
internal static class Moons
{
    public sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float X { get; set; }

        public float Y { get; set; }

        public float NumberLabel { get; set; }

        public string TextLabel { get; set; } = "";

        public float Weight { get; set; } = 1;
    }

    public sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }

    public static Row[] Rows(int rowCount = 200, int seed = 1, double noise = 0.1)
    {
        uint state = (uint)seed;
        var rows = new Row[rowCount];
        for (int i = 0; i < rowCount; i++)
        {
            bool label = i % 2 == 1;
            double angle = Math.PI * Next();
            double x = label ? 1 - Math.Cos(angle) : Math.Cos(angle), y = label ? 0.5 - Math.Sin(angle) : Math.Sin(angle);
            float first = (float)(x + noise * (Next() + Next() + Next() - 1.5)),
                second = (float)(y + noise * (Next() + Next() + Next() - 1.5));
            rows[i] = new Row
            {
                Label = label,
                Features = [first, second],
                X = first,
                Y = second,
                NumberLabel = label ? 1 : 0,
                TextLabel = label ? "upper" : "lower",
            };
        }
        return rows;

        // Numerical Recipes' "quick and dirty" generator; the upper bits are good enough here.
        double Next() => ((state = 1664525 * state + 1013904223) >> 8) / (double)(1 << 24);
    }

    public static IDataView View(MLContext ml, int rowCount = 200, int seed = 1) => ml.Data.LoadFromEnumerable(Rows(rowCount, seed));

    /// <summary>Small enough for a test, large enough to learn something.</summary>
    public static MlpBinaryTrainer.Options Options(int numberOfEpochs = 5) => new(MlpPreset.Plain)
    {
        HiddenLayerSizes = [8],
        NumberOfEpochs = numberOfEpochs,
        Seed = 1,
        NumberOfThreads = 1,
    };

    public static float[] Scores(ITransformer transformer, IDataView data) => [.. transformer.Transform(data).GetColumn<float>("Score")];

    /// <summary>All weights and biases, as bits: equal only if every bit is.</summary>
    public static int[] Bits(MlpModelParameters model) =>
        [.. model.Layers.SelectMany(layer => (float[])[.. layer.Weights, .. layer.Biases]).Select(BitConverter.SingleToInt32Bits)];
}
