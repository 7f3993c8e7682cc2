using Mlp.MLNet.Options;

namespace Mlp.MLNet;

/// <content>What becomes of the options in a trainer: a copy, the values in force, and whether they make sense.</content>
public abstract partial class MlpOptions
{
    /// <summary>A copy that later changes do not reach.</summary>
    internal MlpOptions Copy()
    {
        var copy = (MlpOptions)MemberwiseClone();
        copy.HiddenLayerSizes = (int[]?)HiddenLayerSizes?.Clone();
        copy.DropoutRates = DropoutRates is null ? null : [.. DropoutRates];
        copy.CategoricalColumnNames = (string[]?)CategoricalColumnNames?.Clone();
        return copy;
    }

    /// <summary>The output layer in training and in the model.</summary>
    /// <exception cref="ArgumentException">Loss and output activation make no sense together, or for the task.</exception>
    internal abstract OutputFunctions OutputFunctionsOf(ResolvedOptions resolved);

    /// <summary>Names and values of all options but callbacks.</summary>
    internal virtual IEnumerable<(string Name, object? Value)> Values(ResolvedOptions resolved) => resolved.CommonValues();

    /// <summary>The values in force, checked.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or two contradict each other; the message names them.</exception>
    internal virtual ResolvedOptions Validate()
    {
        ResolvedOptions resolved = Resolve();
        OptionChecks.Validate(resolved);
        if (RefitOnAllRows == true && NumberOfNetworks == 1 && !resolved.EarlyStopping.IsNone)
        {
            throw new ArgumentException(
                "RefitOnAllRows is true and NumberOfNetworks is 1; a refit is a second network. Set NumberOfNetworks to 2, or "
                    + "RefitOnAllRows to false.",
                nameof(RefitOnAllRows));
        }
        if (CategoricalEmbedding is { IsNone: true } && resolved.CategoricalColumnNames.Count > 0)
        {
            throw new ArgumentException(
                $"CategoricalEmbedding is none, and CategoricalColumnNames has '{resolved.CategoricalColumnNames[0]}'; a network takes a "
                    + "key as an embedding. Set CategoricalEmbedding to null, or CategoricalColumnNames to null.",
                nameof(CategoricalEmbedding));
        }
        _ = OutputFunctionsOf(resolved);
        resolved.ToTrainingSettings(seed: 0, rowCount: 0).Validate();
        resolved.ToTrainingSettings(seed: 0, rowCount: long.MaxValue).CheckShards(long.MaxValue);
        return resolved;
    }

    /// <summary>The values in force, not checked.</summary>
    internal virtual ResolvedOptions Resolve()
    {
        var preset = PresetValues.Of(Preset);
        Optimizer optimizer = Optimizer ?? preset.Optimizer;
        EarlyStopping earlyStopping = EarlyStopping ?? preset.EarlyStopping;
        bool refits = RefitOnAllRows ?? preset.RefitOnAllRows;
        int withoutRefits = preset.RefitOnAllRows ? preset.NumberOfNetworks / 2 : preset.NumberOfNetworks;
        return new ResolvedOptions
        {
            Preset = Preset,
            LabelColumnName = LabelColumnName,
            FeatureColumnName = FeatureColumnName,
            ExampleWeightColumnName = ExampleWeightColumnName,
            CategoricalColumnNames = CategoricalColumnNames ?? [],
            NormalizeFeatures = NormalizeFeatures,
            Normalization = Normalization ?? preset.Normalization,
            NumericEmbedding = NumericEmbedding ?? preset.NumericEmbedding,
            MissingValues = MissingValues ?? preset.MissingValues,
            CategoricalEmbedding = CategoricalEmbedding ?? preset.CategoricalEmbedding,
            MinimumExampleCountPerSlot = MinimumExampleCountPerSlot ?? preset.MinimumExampleCountPerSlot,
            HiddenLayerSizes = HiddenLayerSizes ?? preset.HiddenLayerSizes,
            Activation = Activation ?? preset.Activation,
            OutputActivation = OutputActivation,
            HasBiases = HasBiases ?? preset.HasBiases,
            WeightInitializer = WeightInitializer ?? preset.WeightInitializer,
            BiasInitializer = BiasInitializer ?? preset.BiasInitializer,
            OutputInitializer = OutputInitializer ?? preset.OutputInitializer,
            Loss = Loss ?? DefaultLoss,
            Optimizer = LearningRate is double rate ? optimizer with { LearningRate = rate } : optimizer,
            LearningRate = LearningRate ?? (Optimizer is null && preset.FollowsRowCount ? null : optimizer.LearningRate),
            FollowsRowCount = preset.FollowsRowCount && optimizer is not Lbfgs,
            // L-BFGS has no use for either: the preset's give way.
            Schedule = Schedule ?? (optimizer is Lbfgs ? LearningRateSchedule.Constant : preset.Schedule),
            DropoutRates = DropoutRates ?? (optimizer is Lbfgs ? [] : preset.DropoutRates),
            BatchSize = BatchSize,
            NumberOfEpochs = NumberOfEpochs ?? preset.NumberOfEpochs ?? (optimizer is Lbfgs ? RecipeBySize.For(0).NumberOfEpochs : null),
            Shuffle = Shuffle ?? preset.Shuffle,
            L2Regularization = L2Regularization ?? preset.L2Regularization,
            L1Regularization = L1Regularization ?? preset.L1Regularization,
            RegularizeBiases = RegularizeBiases ?? preset.RegularizeBiases,
            MaximumGradientNorm = MaximumGradientNorm ?? preset.MaximumGradientNorm,
            MaximumGradientValue = MaximumGradientValue ?? preset.MaximumGradientValue,
            EarlyStopping = earlyStopping,
            ValidationFraction = ValidationFraction ?? preset.ValidationFraction,
            NumberOfNetworks = NumberOfNetworks ?? (refits && !earlyStopping.IsNone ? 2 * withoutRefits : withoutRefits),
            NumberOfNetworksWithoutRefits = NumberOfNetworks ?? withoutRefits,
            RefitOnAllRows = refits,
            RefitsContinue = RefitsContinue ?? preset.RefitsContinue,
            Seed = Seed,
            NumberOfThreads = NumberOfThreads ?? Ranks?.ProcessorCount ?? Environment.ProcessorCount,
            GradientShards = GradientShards ?? 1,
            Ranks = Ranks,
            ReturnBestOnCancellation = ReturnBestOnCancellation,
            Checkpoint = Checkpoint,
            Part = Part,
            RowStore = RowStore ?? RowStore.Auto,
            ReplayRowCount = ReplayRowCount,
        };
    }
}
