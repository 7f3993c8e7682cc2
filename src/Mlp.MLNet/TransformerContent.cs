namespace Mlp.MLNet;

/// <summary>What a transformer consists of, all of which is saved.</summary>
/// <param name="Model">The network.</param>
/// <param name="FeatureColumnName">The column it reads.</param>
/// <param name="IsFeatureVector">Whether that is a vector.</param>
/// <param name="Label">What there is to know of the label; null when there is nothing.</param>
/// <param name="Features">What the features were in training; null when nobody knows.</param>
/// <param name="Decision">Of a binary task: how a class is predicted.</param>
internal sealed record TransformerContent(
    MlpModelParameters Model, string FeatureColumnName, bool IsFeatureVector, LabelContent? Label = null, FeatureAnnotations? Features = null,
    BinaryDecision Decision = default)
{
    /// <summary>That of a training's result.</summary>
    public static TransformerContent Of(MlpModelParameters model, TrainingColumns columns, LabelContent? label) => new(
        model, columns.Features.Name, columns.IsFeatureVector, label, FeatureAnnotations.Of(columns.Features));
}

/// <summary>The label as it was in training.</summary>
/// <param name="IsVector">Whether it was a vector, and so the predictions are.</param>
/// <param name="Values">What stands behind the outputs: one value per output, of two classes with one output both, the negative one first;
/// null when there is nothing.</param>
internal sealed record LabelContent(bool IsVector, LabelValues? Values);
