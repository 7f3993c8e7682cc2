using Microsoft.ML.Runtime;

namespace Mlp.MLNet;

/// <summary>What a transformer consists of, all of which is saved but the environment.</summary>
/// <param name="Environment">Has the log.</param>
/// <param name="Model">The network.</param>
/// <param name="FeatureColumnName">The column it reads.</param>
/// <param name="IsFeatureVector">Whether that is a vector.</param>
/// <param name="Label">What there is to know of the label; null for a task without such knowledge.</param>
internal sealed record TransformerContent(
    IHostEnvironment Environment, MlpModelParameters Model, string FeatureColumnName, bool IsFeatureVector, LabelContent? Label = null);

/// <summary>The label as it was in training.</summary>
/// <param name="IsVector">Whether it was a vector, and so the predictions are.</param>
/// <param name="Values">What stands behind the outputs, one value per output; null when there is nothing.</param>
internal sealed record LabelContent(bool IsVector, LabelValues? Values);
