using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Onnx;

/// <summary>Whole pipelines, converted by ML.NET's own converter.</summary>
public static class PipelineCases
{
    private const int RowCount = 120;

    public static IReadOnlyList<OnnxCase> All()
    {
        var cases = new List<OnnxCase>();
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromEnumerable(Draw());
        IEstimator<ITransformer> features = ml.Transforms.NormalizeMinMax("Scaled", nameof(Row.Numbers))
            .Append(ml.Transforms.Categorical.OneHotEncoding("Flags", nameof(Row.Colour)))
            .Append(ml.Transforms.Concatenate("Features", "Scaled", "Flags"));

        Add("binary", "pipeline", features.Append(ml.BinaryClassification.Trainers.Mlp(
            Short(new MlpBinaryTrainer.Options { LabelColumnName = nameof(Row.IsPositive) }))), "PredictedLabel", "Score", "Probability");
        Add("multiclass", "pipeline with key values", features.Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Kind)))
            .Append(ml.MulticlassClassification.Trainers.Mlp(Short(new MlpMulticlassTrainer.Options())))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel")), "Score", "PredictedLabel", "Predicted");
        Add("regression", "pipeline", features.Append(ml.Regression.Trainers.Mlp(
            Short(new MlpRegressionTrainer.Options { LabelColumnName = nameof(Row.Price) }))), "Score");
        Add("several targets", "pipeline", features.Append(ml.Regression.Trainers.Mlp(
            Short(new MlpRegressionTrainer.Options { LabelColumnName = nameof(Row.Targets) }))), "Score");
        Add("multi-label", "pipeline", features.Append(ml.MulticlassClassification.Trainers.MlpMultiLabel(
            Short(new MlpMultiLabelTrainer.Options { LabelColumnName = nameof(Row.Labels) }))), "PredictedLabel", "Score", "Probability");
        // The second perceptron reads what the first one predicts; names are taken when it comes.
        Add("regression", "pipeline of two perceptrons", features.Append(ml.Regression.Trainers.Mlp(
                Short(new MlpRegressionTrainer.Options { LabelColumnName = nameof(Row.Price) })))
            .Append(ml.Transforms.Concatenate("Both", "Features", "Score"))
            .Append(ml.Regression.Trainers.Mlp(Short(new MlpRegressionTrainer.Options { LabelColumnName = nameof(Row.Price), FeatureColumnName = "Both" }))),
            "Score");
        return cases;

        void Add(string task, string variant, IEstimator<ITransformer> pipeline, params string[] columns)
        {
            ITransformer model = pipeline.Fit(data);
            using var file = new MemoryStream();
            ml.Model.ConvertToOnnx(model, data, file, columns);
            IDataView scored = model.Transform(data);
            // The converter calls a column of the end so.
            OnnxValues[] outputs = [.. columns.Select(column => Values($"{column}.output", Read(scored, column)))];
            OnnxValues[] inputs = [.. data.Schema.Select(column => Values(column.Name, Read(data, column.Name)))];
            cases.Add(new OnnxCase(task, variant, "Silu", file.ToArray(), RowCount, inputs, outputs));
        }
    }

    private static TOptions Short<TOptions>(TOptions options)
        where TOptions : MlpOptions
    {
        (options.NumberOfEpochs, options.NumberOfNetworks, options.HiddenLayerSizes) = (4, 2, [16, 16]);
        return options;
    }

    private static OnnxValues Values(string name, Array values) => new(name, values.Length / RowCount, values);

    private static Array Read(IDataView data, string column) => data.Schema[column].Type switch
    {
        BooleanDataViewType => data.GetColumn<bool>(column).ToArray(),
        TextDataViewType => data.GetColumn<string>(column).ToArray(),
        KeyDataViewType => data.GetColumn<uint>(column).ToArray(),
        NumberDataViewType => data.GetColumn<float>(column).ToArray(),
        VectorDataViewType { ItemType: BooleanDataViewType } => data.GetColumn<bool[]>(column).SelectMany(value => value).ToArray(),
        _ => data.GetColumn<float[]>(column).SelectMany(value => value).ToArray(),
    };

    private static IEnumerable<Row> Draw()
    {
        var random = new Random(9);
        for (int index = 0; index < RowCount; index++)
        {
            float[] numbers = [.. Enumerable.Range(0, 3).Select(_ => 100 * random.NextSingle() - 20)];
            int colour = random.Next(3);
            yield return new Row
            {
                Numbers = numbers,
                Colour = ((string[])["red", "green", "blue"])[colour],
                Kind = ((string[])["small", "middle", "large"])[(int)(numbers[0] + 20) / 34],
                IsPositive = numbers[0] > numbers[1],
                Price = numbers[0] * (1 + colour),
                Targets = [numbers[1], -numbers[2]],
                Labels = [colour == 1, numbers[2] > 20],
            };
        }
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        public string Colour { get; set; } = "";

        public string Kind { get; set; } = "";

        public bool IsPositive { get; set; }

        public float Price { get; set; }

        [VectorType(2)]
        public float[] Targets { get; set; } = [];

        [VectorType(2)]
        public bool[] Labels { get; set; } = [];
    }
}
