using Microsoft.ML;

namespace Mlp.MLNet.Tests.Conformance;

/// <summary>The trainers that the suite compares: ours, and ML.NET's own.</summary>
internal static class Trainers
{
    public static IReadOnlyList<string> Names { get; } =
        ["Mlp binary", "Mlp multiclass", "Mlp regression", "LbfgsLogisticRegression", "LbfgsMaximumEntropy", "Sdca"];

    public static string TaskOf(string trainer) => trainer switch
    {
        "Mlp binary" or "LbfgsLogisticRegression" => "binary",
        "Mlp multiclass" or "LbfgsMaximumEntropy" => "multiclass",
        _ => "regression",
    };

    public static string LabelOf(string trainer) => TaskOf(trainer) switch
    {
        "binary" => "Flag",
        "multiclass" => "ClassKey",
        _ => "Price",
    };

    public static IEstimator<ITransformer> Create(
        MLContext ml, string trainer, string? label = null, string features = "Features", string? weight = null)
    {
        label ??= LabelOf(trainer);
        return trainer switch
        {
            "Mlp binary" => ml.BinaryClassification.Trainers.Mlp(With(Blobs.Binary(), label, features, weight)),
            "Mlp multiclass" => ml.MulticlassClassification.Trainers.Mlp(With(Blobs.Multiclass(), label, features, weight)),
            "Mlp regression" => ml.Regression.Trainers.Mlp(With(Blobs.Regression(), label, features, weight)),
            "LbfgsLogisticRegression" => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(label, features, weight),
            "LbfgsMaximumEntropy" => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(label, features, weight),
            // Without the penalty Sdca diverges on tables this small.
            _ => ml.Regression.Trainers.Sdca(label, features, weight, l2Regularization: 0.01f),
        };
    }

    private static TOptions With<TOptions>(TOptions options, string label, string features, string? weight)
        where TOptions : MlpOptions
    {
        (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName) = (label, features, weight);
        return options;
    }
}
