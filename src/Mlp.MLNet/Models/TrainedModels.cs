using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Models;

/// <summary>Finds the network in what a pipeline became.</summary>
internal static class TrainedModels
{
    /// <summary>The transformer itself, or the last one of its kind in a chain, whatever follows it there.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MlpTransformerBase Find(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return FindOrNull(model) ?? throw new ArgumentException(
            $"There is no network of Mlp in the model, which is a {model.GetType().Name}. Give the transformer that an Mlp trainer's Fit "
                + "returned, or a chain with one.",
            nameof(model));
    }

    /// <summary>The column that the network reads, in data that the whole model has transformed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not there any more, or of another type or size.</exception>
    /// <exception cref="NotSupportedException">The model reads key columns beside it.</exception>
    public static DataViewSchema.Column FindFeatures(DataViewSchema transformed, MlpTransformerBase model)
    {
        model.Model.CheckTakesFeaturesAlone("explanations, reports and the importance of features for vectors of targets or labels take");
        if (transformed.GetColumnOrNull(model.FeatureColumnName) is null)
        {
            throw new ArgumentOutOfRangeException(
                "model", $"The model drops its feature column '{model.FeatureColumnName}', which explanations need. Drop it after them.");
        }
        return SchemaChecks.FindScoringFeatures(transformed, model.FeatureColumnName, model.Model.InputCount);
    }

    /// <summary>The same steps, but for one.</summary>
    /// <param name="model">The transformer itself, or a chain with it.</param>
    /// <param name="old">What <see cref="Find"/> found.</param>
    /// <param name="replacement">Takes its place.</param>
    public static ITransformer Replace(ITransformer model, MlpTransformerBase old, MlpTransformerBase replacement) => model switch
    {
        _ when ReferenceEquals(model, old) => replacement,
        IEnumerable<ITransformer> chain => new TransformerChain<ITransformer>([.. chain.Select(step => Replace(step, old, replacement))]),
        _ => model,
    };

    private static MlpTransformerBase? FindOrNull(ITransformer model) => model switch
    {
        MlpTransformerBase found => found,
        IEnumerable<ITransformer> chain => chain.Reverse().Select(FindOrNull).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
