using System.Reflection;
using Mlp.MLNet;

namespace Mlp.Pages.Tests.Generated;

/// <summary>The options of all tasks in the order in which somebody meets them.</summary>
internal static class OptionGroups
{
    public static IReadOnlyList<(string Title, string[] Names)> All { get; } =
    [
        ("Columns",
        [
            nameof(MlpOptions.LabelColumnName), nameof(MlpOptions.FeatureColumnName), nameof(MlpOptions.ExampleWeightColumnName),
            nameof(MlpOptions.CategoricalColumnNames),
        ]),
        ("Features",
        [
            nameof(MlpOptions.NormalizeFeatures), nameof(MlpOptions.Normalization), nameof(MlpOptions.MissingValues),
            nameof(MlpOptions.NumericEmbedding), nameof(MlpOptions.CategoricalEmbedding), nameof(MlpOptions.MinimumExampleCountPerSlot),
        ]),
        ("Network",
        [
            nameof(MlpOptions.HiddenLayerSizes), nameof(MlpOptions.Activation), nameof(MlpOptions.OutputActivation),
                nameof(MlpOptions.HasBiases),
            nameof(MlpOptions.WeightInitializer), nameof(MlpOptions.BiasInitializer), nameof(MlpOptions.OutputInitializer),
        ]),
        ("Loss and predictions",
        [
            nameof(MlpOptions.Loss), nameof(MlpClassificationOptions.LabelSmoothing), nameof(MlpBinaryTrainer.Options.ClassWeights),
            nameof(MlpClassificationOptions.CalibrateProbabilities), nameof(MlpRegressionTrainer.Options.NormalizeLabel),
            nameof(MlpRegressionTrainer.Options.BoundScores), nameof(MlpRegressionTrainer.Options.PredictionIntervals),
            nameof(MlpBinaryTrainer.Options.PredictionSets), nameof(MlpBinaryTrainer.Options.PositiveClass),
        ]),
        ("Descent",
        [
            nameof(MlpOptions.Optimizer), nameof(MlpOptions.LearningRate), nameof(MlpOptions.Schedule), nameof(MlpOptions.BatchSize),
                nameof(MlpOptions.NumberOfEpochs),
            nameof(MlpOptions.Shuffle), nameof(MlpOptions.MaximumGradientNorm), nameof(MlpOptions.MaximumGradientValue),
        ]),
        ("Against overfitting",
        [
            nameof(MlpOptions.EarlyStopping), nameof(MlpOptions.ValidationFraction), nameof(MlpOptions.DropoutRates),
            nameof(MlpOptions.L2Regularization), nameof(MlpOptions.L1Regularization), nameof(MlpOptions.RegularizeBiases),
        ]),
        ("Several networks",
        [
            nameof(MlpOptions.NumberOfNetworks), nameof(MlpOptions.RefitOnAllRows), nameof(MlpOptions.RefitsContinue),
            nameof(MlpOptions.Part),
        ]),
        ("Several processes", [nameof(MlpOptions.GradientShards), nameof(MlpOptions.Ranks)]),
        ("The run",
        [
            nameof(MlpOptions.Seed), nameof(MlpOptions.NumberOfThreads), nameof(MlpOptions.EpochCallback),
                nameof(MlpOptions.CancellationToken),
            nameof(MlpOptions.ReturnBestOnCancellation), nameof(MlpOptions.Checkpoint), nameof(MlpOptions.ReplayRowCount),
            nameof(MlpOptions.RowStore),
        ]),
    ];

    /// <summary>Fails when the groups and the options have different names.</summary>
    public static void Check(IEnumerable<PropertyInfo> options)
    {
        string[] grouped = [.. All.SelectMany(group => group.Names).Order()],
            existing = [.. options.Select(option => option.Name).Distinct().Order()];
        if (!grouped.SequenceEqual(existing))
            throw new InvalidOperationException(
                $"OptionGroups lacks {string.Join(", ", existing.Except(grouped))} and has too much: "
                    + $"{string.Join(", ", grouped.Except(existing))}.");
    }
}
