using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>Rows in memory that are ready to be trained on, by one ensemble or by many.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Rows">To train on, scaled.</param>
/// <param name="Validation">Scaled as they are; null for none.</param>
/// <param name="Inputs">What became of the features.</param>
/// <param name="Embedding">Of the numeric features; null for none.</param>
/// <param name="Layers">Of the options in force.</param>
internal sealed record PreparedRows(
    FitRequest Request, TrainingRows Rows, TrainingRows? Validation, TrainingInputs Inputs, PeriodicEmbeddingDescription? Embedding,
    DenseLayerDescription[] Layers)
{
    /// <summary>The seed of the options, or one that was drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>Null for none.</summary>
    public required Checkpoint? Checkpoint { get; init; }

    /// <summary>What the model is to keep of the rows; null for nothing.</summary>
    public required ReplayOfTraining? Kept { get; init; }

    public required CoverageTraining Coverage { get; init; }

    /// <summary>The range of the labels; null where scores are not bounded.</summary>
    public TargetRange<float>? Range { get; init; }

    /// <summary>That the labels went through; null for none.</summary>
    public TargetScaling<float>? TargetScaling { get; init; }

    /// <summary>The embedding, if there is one, and the layers.</summary>
    public Layer[] Stages => StagesOf(Embedding, Layers);

    public static Layer[] StagesOf(PeriodicEmbeddingDescription? embedding, DenseLayerDescription[] layers) =>
        embedding is null ? layers : [embedding, .. layers];
}
