using System.Reflection;
using Microsoft.ML;

namespace Mlp.MLNet.Tests.Conformance;

/// <summary>The trainers that the suite compares: ours, and ML.NET's own where the runtime has them.</summary>
internal static class Trainers
{
    // The embedded runtime has no trainers; the package has these in an assembly of their own.
    private static readonly Type? BuiltIn = Type.GetType("Microsoft.ML.StandardTrainersCatalog, Microsoft.ML.StandardTrainers");

    public static IReadOnlyList<string> Names { get; } = BuiltIn is null
        ? ["Mlp binary", "Mlp multiclass", "Mlp regression"]
        : ["Mlp binary", "Mlp multiclass", "Mlp regression", "LbfgsLogisticRegression", "LbfgsMaximumEntropy", "Sdca"];

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

    public static IEstimator<ITransformer> Create(MLContext ml, string trainer, string? label = null, string features = "Features", string? weight = null)
    {
        label ??= LabelOf(trainer);
        return trainer switch
        {
            "Mlp binary" => ml.BinaryClassification.Trainers.Mlp(With(Blobs.Binary(), label, features, weight)),
            "Mlp multiclass" => ml.MulticlassClassification.Trainers.Mlp(With(Blobs.Multiclass(), label, features, weight)),
            "Mlp regression" => ml.Regression.Trainers.Mlp(With(Blobs.Regression(), label, features, weight)),
            "LbfgsLogisticRegression" => CreateBuiltIn(trainer, ml.BinaryClassification.Trainers, label, features, weight),
            "LbfgsMaximumEntropy" => CreateBuiltIn(trainer, ml.MulticlassClassification.Trainers, label, features, weight),
            _ => CreateBuiltIn(trainer, ml.Regression.Trainers, label, features, weight),
        };
    }

    private static TOptions With<TOptions>(TOptions options, string label, string features, string? weight)
        where TOptions : MlpOptions
    {
        (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName) = (label, features, weight);
        return options;
    }

    /// <summary>The overload with plain arguments; those that are not given are left at their defaults.</summary>
    private static IEstimator<ITransformer> CreateBuiltIn(string name, object catalog, string label, string features, string? weight)
    {
        MethodInfo method = BuiltIn!.GetMethods().Single(method =>
            method.Name == name && method.GetParameters() is [var first, { Name: "labelColumnName" }, ..] && first.ParameterType == catalog.GetType());
        object?[] arguments = [.. method.GetParameters().Select(parameter => parameter.Name switch
        {
            "catalog" => catalog,
            "labelColumnName" => label,
            "featureColumnName" => features,
            "exampleWeightColumnName" => weight,
            // Without it Sdca diverges on tables this small.
            "l2Regularization" when name == "Sdca" => 0.01f,
            _ => parameter.DefaultValue,
        })];
        return (IEstimator<ITransformer>)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }
}
