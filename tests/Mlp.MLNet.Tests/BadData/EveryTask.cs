using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>The same data to the trainer of every task.</summary>
internal static class EveryTask
{
    private static readonly MLContext ML = new(seed: 1);

    public static string[] Names => ["binary", "multiclass", "regression", "several targets", "multi-label"];

    /// <summary>A small network, few epochs.</summary>
    public static MlpOptions Options(string task)
    {
        MlpOptions options = task switch
        {
            "binary" => new MlpBinaryTrainer.Options(MlpPreset.Plain) { LabelColumnName = "Flag" },
            "multiclass" => new MlpMulticlassTrainer.Options(MlpPreset.Plain) { LabelColumnName = "Class" },
            "multi-label" => new MlpMultiLabelTrainer.Options(MlpPreset.Plain) { LabelColumnName = "Flags" },
            _ => new MlpRegressionTrainer.Options(MlpPreset.Plain) { LabelColumnName = task == "regression" ? "Number" : "Numbers" },
        };
        (options.HiddenLayerSizes, options.NumberOfEpochs, options.Seed, options.NumberOfThreads) = ([4], 3, 1, 1);
        return options;
    }

    public static (ITransformer Transformer, MlpModelParameters Model) Fit(MlpOptions options, IDataView rows, IDataView? validation = null)
    {
        switch (options)
        {
            case MlpBinaryTrainer.Options binary:
                MlpBinaryTransformer binaryModel = ML.BinaryClassification.Trainers.Mlp(binary).Fit(rows, validation);
                return (binaryModel, binaryModel.Model);
            case MlpMulticlassTrainer.Options multiclass:
                MlpMulticlassTransformer multiclassModel = ML.MulticlassClassification.Trainers.Mlp(multiclass).Fit(rows, validation);
                return (multiclassModel, multiclassModel.Model);
            case MlpMultiLabelTrainer.Options multiLabel:
                MlpMultiLabelTransformer multiLabelModel = ML.MulticlassClassification.Trainers.MlpMultiLabel(multiLabel)
                    .Fit(rows, validation);
                return (multiLabelModel, multiLabelModel.Model);
            default:
                MlpRegressionTransformer regressionModel = ML.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)options)
                    .Fit(rows, validation);
                return (regressionModel, regressionModel.Model);
        }
    }

    /// <summary>Fits, and asserts that every parameter and every score of the rows is finite.</summary>
    public static void AssertTrains(MlpOptions options, IDataView rows, IDataView? validation = null)
    {
        (ITransformer transformer, MlpModelParameters model) = Fit(options, rows, validation);
        Assert.All(
            model.Layers, layer => Assert.DoesNotContain((float[])[.. layer.Weights, .. layer.Biases], value => !float.IsFinite(value)));
        Assert.Equal(3, model.History.Count);
        Assert.All(model.History, report => Assert.True(double.IsFinite(report.Loss)));
        float[] scores = Scores(transformer.Transform(rows));
        Assert.NotEmpty(scores);
        Assert.DoesNotContain(scores, score => !float.IsFinite(score));
    }

    /// <summary>Asserts that Fit refuses the rows before the first epoch, with a message.</summary>
    public static void AssertRefused<TException>(string message, MlpOptions options, IDataView rows, IDataView? validation = null)
        where TException : Exception
    {
        options.EpochCallback = _ => Assert.Fail("Training has begun.");
        Assert.Equal(message, Assert.Throws<TException>(() => Fit(options, rows, validation)).Message);
    }

    public static float[] Scores(IDataView scored) => scored.Schema["Score"].Type is VectorDataViewType
        ? [.. scored.GetColumn<VBuffer<float>>("Score").SelectMany(score => score.DenseValues())]
        : [.. scored.GetColumn<float>("Score")];
}
