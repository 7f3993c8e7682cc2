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

    /// <summary>The columns that the network reads, in data that the whole model has transformed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not there any more, or of another type or size.</exception>
    public static InputColumns FindInputs(DataViewSchema transformed, MlpTransformerBase model)
    {
        foreach (string name in (string[])[model.FeatureColumnName, .. model.CategoricalColumnNames])
        {
            if (transformed.GetColumnOrNull(name) is null)
            {
                string role = name == model.FeatureColumnName ? "feature" : "categorical";
                throw new ArgumentOutOfRangeException(
                    "model", $"The model drops its {role} column '{name}', which explanations need. Drop it after them.");
            }
        }
        return new InputColumns(
            SchemaChecks.FindScoringFeatures(transformed, model.FeatureColumnName, model.Model.InputCount),
            SchemaChecks.FindCategories(transformed, model.CategoricalColumnNames));
    }

    /// <summary>A copy of a model with one step replaced.</summary>
    /// <param name="model">The transformer itself, or a chain with it.</param>
    /// <param name="old">What <see cref="Find"/> found.</param>
    /// <param name="replacement">Takes its place.</param>
    public static ITransformer Replace(ITransformer model, MlpTransformerBase old, MlpTransformerBase replacement) => model switch
    {
        _ when ReferenceEquals(model, old) => replacement,
        IEnumerable<ITransformer> chain => new TransformerChain<ITransformer>([.. chain.Select(step => Replace(step, old, replacement))]),
        _ => model,
    };

    /// <summary>A copy of a model with the memory of its training.</summary>
    /// <exception cref="ArgumentException">There is no network in it.</exception>
    public static ITransformer Remember(ITransformer model, MlpReplayMemory memory)
    {
        MlpTransformerBase network = Find(model);
        return Replace(model, network, network.With(network.Content with { ReplayMemory = memory }));
    }

    private static MlpTransformerBase? FindOrNull(ITransformer model) => model switch
    {
        MlpTransformerBase found => found,
        IEnumerable<ITransformer> chain => chain.Reverse().Select(FindOrNull).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
