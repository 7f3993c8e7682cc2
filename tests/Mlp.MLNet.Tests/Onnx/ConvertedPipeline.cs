using Microsoft.ML;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>A pipeline with the trainer of a task at its end, fitted to rows of <see cref="PipelineRow"/>, to be converted.</summary>
internal sealed class ConvertedPipeline
{
    private static readonly MLContext ML = new(seed: 1);

    private readonly string _name, _task;
    private readonly MlpTransformerBase _network;

    public ConvertedPipeline(string name, StepsToFeatures steps, string task, int networkCount)
    {
        (_name, _task) = ($"{name}, {networkCount} networks", task);
        ITransformer features = steps(ML.Transforms).Append(ML.Transforms.Conversion.MapValueToKey("KindKey", "Kind")).Fit(Data);
        _network = Fit(task, networkCount, features.Transform(Data));
        Model = features.Append(_network);
        if (task == "multiclass")
            Model = Model.Append(ML.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel").Fit(Model.Transform(Data)));
    }

    public static IDataView Data { get; } = PipelineRow.View(ML);

    /// <summary>The steps, the network and, for classes, what turns keys into them.</summary>
    public ITransformer Model { get; }

    /// <summary>What the network adds.</summary>
    public IReadOnlyList<string> Columns => _task switch
    {
        "multiclass" => ["Score", "PredictedLabel", "Predicted"],
        "binary" or "multi-label" => ["Score", "Probability", "PredictedLabel"],
        _ => ["Score"],
    };

    /// <summary>A small network of the default preset.</summary>
    public static MlpTransformerBase Fit(string task, int networkCount, IDataView rows) => task switch
    {
        "binary" => ML.BinaryClassification.Trainers.Mlp(Small(new MlpBinaryTrainer.Options(), "IsPositive", networkCount)).Fit(rows),
        "multiclass" => ML.MulticlassClassification.Trainers.Mlp(Small(new MlpMulticlassTrainer.Options(), "KindKey", networkCount))
            .Fit(rows),
        "multi-label" => ML.MulticlassClassification.Trainers.MlpMultiLabel(
            Small(new MlpMultiLabelTrainer.Options(), "Labels", networkCount)).Fit(rows),
        "regression" => ML.Regression.Trainers.Mlp(Small(new MlpRegressionTrainer.Options(), "Price", networkCount)).Fit(rows),
        _ => ML.Regression.Trainers.Mlp(Small(new MlpRegressionTrainer.Options(), "Targets", networkCount)).Fit(rows),
    };

    public byte[] Convert()
    {
        using var file = new MemoryStream();
        ML.Model.ConvertToOnnx(Model, Data, file, [.. Columns]);
        return file.ToArray();
    }

    /// <summary>The graph, all rows, and what Model.Transform makes of them.</summary>
    public OnnxCase ToCase()
    {
        IDataView scored = Model.Transform(Data);
        float[] features = ColumnValues.Floats(scored, _network.FeatureColumnName), scores = ColumnValues.Floats(scored, "Score");
        var expected = new OnnxExpectations(_network.Model, features, FeatureErrors(features));
        OnnxValues[] outputs = [.. Columns.Select(column => column switch
        {
            "Score" when _task is "binary" or "multi-label" => expected.Logits("Score", scores),
            "Score" or "Probability" => expected.Predictions(column, ColumnValues.Floats(scored, column)),
            _ when _task == "multiclass" => expected.Classes(column, ColumnValues.Any(scored, column), scores),
            _ => expected.Flags(column, ColumnValues.Of<bool>(scored, column), scores),
        })];
        OnnxValues[] inputs = [.. Data.Schema.Select(column => Values(column.Name, ColumnValues.Any(Data, column.Name)))];
        // The converter calls a column of the end so.
        return new OnnxCase(
            _task, _name, "Silu", Convert(), PipelineRow.RowCount, inputs,
            [.. outputs.Select(output => output with { Name = $"{output.Name}.output" })]);
    }

    private static OnnxValues Values(string name, Array values) => new(name, values.Length / PipelineRow.RowCount, values);

    /// <summary>Steps before the network compute in single precision: some roundings of numbers as large as the row's largest.</summary>
    private double[] FeatureErrors(float[] features) => [.. features.Chunk(_network.Model.InputCount)
        .SelectMany(row => Enumerable.Repeat(8 * RoundingErrors.Unit * LargestOf(row), row.Length))];

    /// <summary>Missing values aside.</summary>
    private static float LargestOf(float[] row) => row.Where(value => !float.IsNaN(value)).Select(Math.Abs).DefaultIfEmpty().Max();

    private static TOptions Small<TOptions>(TOptions options, string label, int networkCount)
        where TOptions : MlpOptions
    {
        (options.LabelColumnName, options.Seed) = (label, 1);
        (options.NumberOfEpochs, options.NumberOfNetworks, options.HiddenLayerSizes) = (3, networkCount, [16, 16]);
        return options;
    }
}
