using Microsoft.ML.Runtime;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>What a Fit says in the log of the MLContext.</summary>
internal sealed class TrainingLog(IChannel channel)
{
    public void Info(string message) => channel.Info(MessageSensitivity.None, message);

    public void Warn(string message) => channel.Warning(MessageSensitivity.UserData, message);

    public void Epoch(EpochResult result)
    {
        string validation = result.ValidationLoss is double loss
            ? $", validation loss {loss:G6}, metric {result.ValidationMetric:G4}" : "";
        Info($"Network {result.NetworkIndex + 1}, epoch {result.Epoch} of {result.NumberOfEpochs}: loss {result.Loss:G6}{validation}, "
            + $"{result.Seconds:F1} s.");
    }

    public void Start(int networkCount, Layer[] stages, long rowCount, TrainingSettings settings)
    {
        Info($"Training {networkCount} x ({string.Join(" - ", stages.Select(Describe))}) on {rowCount:N0} rows with seed {settings.Seed}.");
        long batchSize = settings.Optimizer is Lbfgs ? rowCount : settings.BatchSizeFor(rowCount);
        Info($"Of these, {batchSize:N0} a step, for at most {settings.NumberOfEpochs:N0} epochs, with a learning rate "
            + $"of {settings.Optimizer.LearningRate} before the schedule.");
    }

    /// <summary>The annotation may have been lost on the way, so this is no reason to refuse the data.</summary>
    public void WarnOfNormalization(TrainingColumns columns, TrainingColumns? validation, MlpModelParameters? start)
    {
        const string Here = "the training data";
        var features = FeatureAnnotations.Of(columns.Features);
        string name = columns.Features.Name;
        if (validation is not null
            && FeatureAnnotations.Of(validation.Features).NormalizationDoubt(features, name, "the validation data", Here) is string doubt)
            channel.Warning(MessageSensitivity.Schema, $"{doubt} Transform both with the same fitted transformers.");
        if (start?.Features is not null
            && features.NormalizationDoubt(start.Features, name, Here, "the training of the model to start from") is string other)
            channel.Warning(MessageSensitivity.Schema,
                $"{other} The scaling of that model is kept. Transform the data with the transformers that were fitted for it.");
    }

    private static string Describe(Layer stage) => stage switch
    {
        PeriodicEmbeddingDescription embedding => $"an embedding of {embedding.Columns.Count} features",
        DenseLayerDescription layer => $"{layer.Units} {layer.Activation}",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), "There is no such layer."),
    };
}
