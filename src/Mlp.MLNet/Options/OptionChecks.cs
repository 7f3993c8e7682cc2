using Mlp.Numerics;

namespace Mlp.MLNet.Options;

/// <summary>The checks of option values that no engine setting has.</summary>
internal static class OptionChecks
{
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public static void Validate(ResolvedOptions options)
    {
        CheckColumnName(options.LabelColumnName, nameof(options.LabelColumnName), "label");
        CheckColumnName(options.FeatureColumnName, nameof(options.FeatureColumnName), "feature");
        if (options.ExampleWeightColumnName is not null)
            CheckColumnName(options.ExampleWeightColumnName, nameof(options.ExampleWeightColumnName), "example weight");
        CheckCategoricalColumns(options);
        CheckHiddenLayers(options);
        RangeCheck.Defined(options.Activation, nameof(options.Activation));
        RangeCheck.Defined(options.Normalization, nameof(options.Normalization));
        options.NumericEmbedding.Validate();
        RangeCheck.Defined(options.MissingValues, nameof(options.MissingValues));
        options.CategoricalEmbedding.Validate();
        RangeCheck.AtLeast(1, options.MinimumExampleCountPerSlot, nameof(options.MinimumExampleCountPerSlot));
        EnsembleSettings.CheckNetworkCount(options.NumberOfNetworks, nameof(options.NumberOfNetworks));
        RangeCheck.Require(
            options.PredictionSets is null or > 0 and < 1, options.PredictionSets, "in (0, 1). For nine of ten rows give 0.9",
            nameof(options.PredictionSets));
        options.ToEnsembleSettings(rowCount: long.MaxValue, hasValidation: false).Validate();
        if (options is { Part: not null, Seed: null })
        {
            throw new ArgumentException(
                "Part is set, but Seed is not; all parts of a training draw from the same numbers. Set Seed, for example to 1.",
                nameof(options.Seed));
        }
        if (options is { Ranks.Count: > 1, Seed: null })
        {
            throw new ArgumentException(
                "Ranks is set, but Seed is not; all ranks draw the same numbers. Set Seed, for example to 1.", nameof(options.Seed));
        }
        if (options is { Ranks.Count: > 1, Part: not null })
        {
            throw new ArgumentException(
                "Part is set, and Ranks, too; either jobs share the networks, or all ranks train each of them together. Set one of them to "
                    + "null.",
                nameof(options.Part));
        }
        RangeCheck.Require(
            options.ReplayRowCount is null or >= 0, options.ReplayRowCount, "at least 0, or null for no memory",
            nameof(options.ReplayRowCount));
        if (options is { Part: not null, ReplayRowCount: not null })
        {
            throw new ArgumentException(
                "Part is set, and ReplayRowCount, too; a memory belongs to all networks, and a part has some. Set one of them to null.",
                nameof(options.Part));
        }
        if (options is { Part: not null, AskedCoverage: { } asked })
        {
            throw new ArgumentException(
                $"Part is set, and {asked.Option}, too; these come from the held-out rows of all networks, and a part has those of some. "
                    + $"Set {asked.Option} to null, or Part to null.",
                nameof(options.Part));
        }
        if (options is { Part: not null, ReturnBestOnCancellation: true })
        {
            throw new ArgumentException(
                "Part is set, and ReturnBestOnCancellation is true; a part that was cut short is none of the whole model. Set "
                    + "ReturnBestOnCancellation to false; a Checkpoint keeps what was done.",
                nameof(options.ReturnBestOnCancellation));
        }
        options.RowStore.Validate();
        if (options is { RowStore.Place: RowStorePlace.Disk, NeedOfMemory: var (option, reason) })
        {
            throw new ArgumentException(
                $"RowStore is Disk, and {option} {reason}. Set RowStore to Memory, or {option} to another value.", option);
        }
        if (options is { Checkpoint: not null, Seed: null })
        {
            throw new ArgumentException(
                "Checkpoint is set, but Seed is not; a training that goes on from a file must draw the numbers of the one that wrote it. "
                    + "Set Seed, for example to 1.",
                nameof(options.Seed));
        }
    }

    private static void CheckCategoricalColumns(ResolvedOptions options)
    {
        var taken = new Dictionary<string, string>
        {
            [options.FeatureColumnName] = "the feature column",
            [options.LabelColumnName] = "the label column",
        };
        if (options.ExampleWeightColumnName is string weight)
            taken[weight] = "the example weight column";
        for (int index = 0; index < options.CategoricalColumnNames.Count; index++)
        {
            string name = options.CategoricalColumnNames[index], property = $"{nameof(options.CategoricalColumnNames)}[{index}]";
            CheckColumnName(name, property, "categorical");
            if (taken.TryGetValue(name, out string? use))
            {
                throw new ArgumentException(
                    $"{property} is '{name}', which is {use}; each column has one use. Leave it out.",
                    nameof(options.CategoricalColumnNames));
            }
            taken.Add(name, property);
        }
    }

    private static void CheckHiddenLayers(ResolvedOptions options)
    {
        IReadOnlyList<int> sizes = options.HiddenLayerSizes ?? [];
        for (int index = 0; index < sizes.Count; index++)
        {
            if (sizes[index] < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(options.HiddenLayerSizes),
                    $"HiddenLayerSizes[{index}] is {sizes[index]}; every hidden layer needs at least 1 unit. For a linear model pass an "
                        + "empty array.");
            }
        }
        if (options.DropoutRates.Count > 1 && options.DropoutRates.Count != options.HiddenLayerSizes?.Count)
        {
            string layers = options.HiddenLayerSizes is null
                ? "as many hidden layers as the number of rows says (HiddenLayerSizes is null)" : $"{sizes.Count} hidden layers";
            throw new ArgumentException(
                $"DropoutRates has {options.DropoutRates.Count} values for {layers}. Give one per hidden layer, or one for all.",
                nameof(options.DropoutRates));
        }
    }

    private static void CheckColumnName(string name, string property, string role)
    {
        // The type that ML.NET throws for a column name that is null, too.
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentOutOfRangeException(
                property, $"{property} is {(name is null ? "null" : "empty")}; give the name of the {role} column.");
        }
    }
}
