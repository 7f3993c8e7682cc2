using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Three clusters in the plane with a label for every task, made by a fixed generator.</summary>
internal static class Blobs
{
    public sealed class Row
    {
        public bool Flag { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        /// <summary>"z", "y" or "x".</summary>
        public string Class { get; set; } = "";

        /// <summary>10, 20 or 30.</summary>
        public int Number { get; set; }

        [KeyType(3)]
        public uint BareKey { get; set; }

        /// <summary>A smooth function of the features, in hundreds.</summary>
        public float Price { get; set; }

        /// <summary>Price, and a second number of quite another size.</summary>
        [VectorType(2)]
        public float[] Targets { get; set; } = [];

        /// <summary>Right of 0, above 0, and in the unit circle.</summary>
        [VectorType(3)]
        public bool[] Labels { get; set; } = [];

        public float Weight { get; set; } = 1;

        public string Text { get; set; } = "";

        [VectorType(2)]
        public double[] Doubles { get; set; } = [0, 0];

        public float[] Variable { get; set; } = [0, 0];

        public bool[] VariableFlags { get; set; } = [true];
    }

    public static Row[] Rows(int rowCount = 150, int seed = 1)
    {
        uint state = (uint)seed;
        var rows = new Row[rowCount];
        for (int i = 0; i < rowCount; i++)
        {
            int cluster = i % 3;
            float x = (float)(1.5 * Math.Cos(2.1 * cluster) + Next() + Next() - 1),
                y = (float)(1.5 * Math.Sin(2.1 * cluster) + Next() + Next() - 1);
            float price = 300 + 100 * x * y + 50 * x;
            rows[i] = new Row
            {
                Flag = cluster == 1,
                Features = [x, y],
                Class = "zyx"[cluster].ToString(),
                Number = 10 * (cluster + 1),
                BareKey = (uint)cluster,
                Price = price,
                Targets = [price, 0.001f * y],
                Labels = [x > 0, y > 0, x * x + y * y < 1],
                Text = $"row {i}",
            };
        }
        return rows;

        double Next() => ((state = 1664525 * state + 1013904223) >> 8) / (double)(1 << 24);
    }

    /// <summary>The rows, with the keys ClassKey and NumberKey made of Class and Number.</summary>
    public static IDataView View(MLContext ml, Row[]? rows = null)
    {
        IDataView plain = ml.Data.LoadFromEnumerable(rows ?? Rows());
        IDataView all = ml.Data.LoadFromEnumerable(Rows(3));
        return ml.Transforms.Conversion.MapValueToKey("ClassKey", "Class")
            .Append(ml.Transforms.Conversion.MapValueToKey("NumberKey", "Number")).Fit(all).Transform(plain);
    }

    public static MlpMulticlassTrainer.Options Multiclass(int numberOfEpochs = 5) =>
        Small(new MlpMulticlassTrainer.Options(MlpPreset.Plain) { LabelColumnName = "ClassKey" }, numberOfEpochs);

    public static MlpRegressionTrainer.Options Regression(string label = "Price", int numberOfEpochs = 5) =>
        Small(new MlpRegressionTrainer.Options(MlpPreset.Plain) { LabelColumnName = label }, numberOfEpochs);

    public static MlpMultiLabelTrainer.Options MultiLabel(int numberOfEpochs = 5) =>
        Small(new MlpMultiLabelTrainer.Options(MlpPreset.Plain) { LabelColumnName = "Labels" }, numberOfEpochs);

    public static MlpBinaryTrainer.Options Binary(int numberOfEpochs = 5) =>
        Small(new MlpBinaryTrainer.Options(MlpPreset.Plain) { LabelColumnName = "Flag" }, numberOfEpochs);

    private static TOptions Small<TOptions>(TOptions options, int numberOfEpochs)
        where TOptions : MlpOptions
    {
        (options.HiddenLayerSizes, options.NumberOfEpochs, options.Seed, options.NumberOfThreads) = ([8], numberOfEpochs, 1, 1);
        options.Optimizer = new Adam { LearningRate = 0.02 };
        return options;
    }
}
