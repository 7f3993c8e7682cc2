using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>What the trainers make of a table of 150 rows, with names of classes; what they predict is what the transformers say.</summary>
internal static class TrainedCases
{
    private const int RowCount = 150;

    /// <summary>One of every trainer, by the default recipe cut down to a few epochs.</summary>
    public static IEnumerable<OnnxCase> All()
    {
        var ml = new MLContext(seed: 1);
        Row[] rows = Draw();
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        float[] features = [.. rows.SelectMany(row => row.Features)];

        yield return Binary(ml.BinaryClassification.Trainers.Mlp(
            Short(new MlpBinaryTrainer.Options { LabelColumnName = nameof(Row.IsPositive) })), "recipe");
        foreach ((string column, string variant) in ((string, string)[])
            [(nameof(Row.Text), "recipe, classes are texts"), (nameof(Row.Number), "recipe, classes are whole numbers"),
                (nameof(Row.Real), "recipe, classes are reals")])
        {
            IDataView keys = ml.Transforms.Conversion.MapValueToKey("Label", column).Fit(data).Transform(data);
            yield return Multiclass(
                ml.MulticlassClassification.Trainers.Mlp(Short(new MlpMulticlassTrainer.Options())).Fit(keys), keys, variant);
        }
        IDataView texts = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Text)).Fit(data).Transform(data);
        MlpMulticlassTrainer.Options oneByOne = Short(new MlpMulticlassTrainer.Options());
        (oneByOne.Loss, oneByOne.LabelSmoothing) = (Loss.BinaryCrossEntropy, 0);
        yield return Multiclass(ml.MulticlassClassification.Trainers.Mlp(oneByOne).Fit(texts), texts, "recipe, one sigmoid per class");
        yield return Regression(
            ml.Regression.Trainers.Mlp(Short(new MlpRegressionTrainer.Options { LabelColumnName = nameof(Row.Price) })), "regression");
        yield return Regression(
            ml.Regression.Trainers.Mlp(Short(new MlpRegressionTrainer.Options { LabelColumnName = nameof(Row.Targets) })),
            "several targets");
        MlpMultiLabelTransformer labels = ml.MulticlassClassification.Trainers.MlpMultiLabel(
            Short(new MlpMultiLabelTrainer.Options { LabelColumnName = nameof(Row.Flags) })).Fit(data);
        yield return Create("multi-label", "recipe", labels, Flags(labels));

        OnnxCase Binary(MlpBinaryTrainer trainer, string variant)
        {
            MlpBinaryTransformer transformer = trainer.Fit(data);
            return Create("binary", variant, transformer, Flags(transformer));
        }

        OnnxCase Regression(MlpRegressionTrainer trainer, string task)
        {
            MlpRegressionTransformer transformer = trainer.Fit(data);
            float[] scores = ColumnValues.Floats(transformer.Transform(data), "Score");
            return Create(task, "recipe", transformer, [new OnnxExpectations(transformer.Model, features).Predictions("Score", scores)]);
        }

        OnnxValues[] Flags(MlpTransformerBase transformer)
        {
            IDataView scored = transformer.Transform(data);
            var expected = new OnnxExpectations(transformer.Model, features);
            float[] logits = ColumnValues.Floats(scored, "Score");
            return
            [
                expected.Logits("Score", logits), expected.Predictions("Probability", ColumnValues.Floats(scored, "Probability")),
                expected.Flags("PredictedLabel", ColumnValues.Of<bool>(scored, "PredictedLabel"), logits),
            ];
        }

        OnnxCase Multiclass(MlpMulticlassTransformer transformer, IDataView keys, string variant)
        {
            IDataView scored = transformer.Transform(keys);
            long[] indices = [.. scored.GetColumn<uint>("PredictedLabel").Select(key => key - 1L)];
            IDataView named = ml.Transforms.Conversion.MapKeyToValue("Class", "PredictedLabel").Fit(scored).Transform(scored);
            Array classes = named.Schema["Class"].Type switch
            {
                TextDataViewType => named.GetColumn<string>("Class").ToArray(),
                // Whole numbers stay such in the file, others become texts.
                { RawType: var type } when type == typeof(int) => named.GetColumn<int>("Class").Select(value => (long)value).ToArray(),
                _ => named.GetColumn<float>("Class").Select(value => value.ToString(CultureInfo.InvariantCulture)).ToArray(),
            };
            var expected = new OnnxExpectations(transformer.Model, features);
            float[] scores = ColumnValues.Floats(scored, "Score");
            return Create("multiclass", variant, transformer,
                [expected.Predictions("Score", scores), expected.Classes("PredictedLabelIndex", indices, scores),
                    expected.Classes("PredictedLabel", classes, scores)]);
        }

        OnnxCase Create(string task, string variant, MlpTransformerBase transformer, OnnxValues[] outputs)
        {
            using var file = new MemoryStream();
            transformer.Model.SaveAsOnnx(file);
            return new OnnxCase(
                task, variant, "Silu", file.ToArray(), RowCount, [new("Features", features.Length / RowCount, features)], outputs);
        }
    }

    private static TOptions Short<TOptions>(TOptions options)
        where TOptions : MlpOptions
    {
        (options.NumberOfEpochs, options.NumberOfNetworks, options.HiddenLayerSizes) = (4, 3, [32, 32]);
        return options;
    }

    private static Row[] Draw()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, RowCount).Select(index =>
        {
            int kind = index % 3;
            float[] features = [.. Enumerable.Range(0, 4).Select(column => kind * (column - 1) + 2 * random.NextSingle() - 1)];
            return new Row
            {
                Features = features,
                IsPositive = kind > 0,
                Text = ((string[])["setosa", "größer", "日本"])[kind],
                Number = ((int[])[10, -3, 2_000_000_000])[kind],
                Real = ((float[])[0.5f, -1.25f, 3])[kind],
                Price = 1_000 + 250 * features[0] * features[1],
                Targets = [features[0] + features[2], 100 * features[3]],
                Flags = [kind == 0, features[1] > 0, features[2] > features[3]],
            };
        })];
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool IsPositive { get; set; }

        public string Text { get; set; } = "";

        public int Number { get; set; }

        public float Real { get; set; }

        public float Price { get; set; }

        [VectorType(2)]
        public float[] Targets { get; set; } = [];

        [VectorType(3)]
        public bool[] Flags { get; set; } = [];
    }
}
