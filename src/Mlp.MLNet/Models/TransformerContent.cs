using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks;
using Mlp.Training.Ensembles;

namespace Mlp.MLNet.Models;

/// <summary>What a transformer consists of, all of which is saved.</summary>
/// <param name="Model">The network.</param>
/// <param name="FeatureColumnName">The column it reads.</param>
/// <param name="IsFeatureVector">Whether that is a vector.</param>
/// <param name="Label">It was trained on.</param>
/// <param name="Features">What the features were in training; null when nothing is known.</param>
internal sealed record TransformerContent(
    MlpModelParameters Model, string FeatureColumnName, bool IsFeatureVector, LabelContent Label, FeatureAnnotations? Features = null)
{
    /// <summary>The key columns it reads beside the features, one for each that the model's layout has.</summary>
    public IReadOnlyList<CategoryValues> Categories { get; init; } = [];

    /// <summary>What joins the networks with those of other jobs; null where there are none. It is not saved with a model.</summary>
    public TrainedPart<float>? Part { get; init; }

    /// <summary>What the model keeps of its training; null for nothing. It is not saved with the model by itself.</summary>
    public MlpReplayMemory? ReplayMemory { get; init; }

    /// <summary>Intervals or sets.</summary>
    public Coverage Coverage { get; init; } = Coverage.None;

    /// <summary>The content that a training's result gives.</summary>
    public static TransformerContent Of(
        MlpModelParameters model, TrainingColumns columns, IReadOnlyList<CategoryValues> categories, LabelContent label) =>
        new(model, columns.Features.Name, columns.IsFeatureVector, label, FeatureAnnotations.Of(columns.Features))
        {
            Categories = categories,
        };
}
