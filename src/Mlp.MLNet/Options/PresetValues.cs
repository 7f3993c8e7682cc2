namespace Mlp.MLNet.Options;

/// <summary>What a preset decides where the user sets nothing: one row of the table of presets. docs/quality.md tells how they were
/// chosen.</summary>
internal sealed record PresetValues
{
    private static readonly PresetValues Plain = new()
    {
        Normalization = FeatureNormalization.Standard,
        NumericEmbedding = NumericEmbedding.None,
        CategoricalEmbedding = CategoricalEmbedding.None,
        MinimumExampleCountPerSlot = 1,
        HiddenLayerSizes = [64, 32],
        WeightInitializer = Initializer.Automatic,
        BiasInitializer = Initializer.Zero,
        OutputInitializer = Initializer.Automatic,
        Optimizer = new Adam(),
        Schedule = LearningRateSchedule.Constant,
        NumberOfEpochs = 100,
        FollowsRowCount = false,
        DropoutRates = [],
        EarlyStopping = EarlyStopping.None,
        ValidationFraction = 0.1,
        NumberOfNetworks = 1,
        RefitOnAllRows = false,
        RefitsContinue = false,
        LabelSmoothing = 0,
        CalibrateProbabilities = false,
        BoundScores = false,
    };

    private static readonly PresetValues Fast = new()
    {
        Normalization = FeatureNormalization.Adaptive,
        NumericEmbedding = new NumericEmbedding(),
        CategoricalEmbedding = new CategoricalEmbedding(),
        MinimumExampleCountPerSlot = 2,
        HiddenLayerSizes = null,
        WeightInitializer = Initializer.LeCunNormal,
        BiasInitializer = Initializer.Normal(1),
        OutputInitializer = Initializer.Zero,
        Optimizer = new Adam { Beta2 = 0.95 },
        Schedule = new CosineAnnealing(),
        NumberOfEpochs = null,
        FollowsRowCount = true,
        DropoutRates = [0.1],
        EarlyStopping = new EarlyStopping { Patience = 16 },
        ValidationFraction = 0.2,
        NumberOfNetworks = 1,
        RefitOnAllRows = false,
        RefitsContinue = null,
        LabelSmoothing = 0.05,
        CalibrateProbabilities = true,
        BoundScores = true,
    };

    private static readonly PresetValues Default = Fast with { NumberOfNetworks = 10, RefitOnAllRows = true };

    private static readonly PresetValues Best = Fast with { NumberOfNetworks = 20, RefitOnAllRows = true };

    public required FeatureNormalization Normalization { get; init; }

    public required NumericEmbedding NumericEmbedding { get; init; }

    public MissingValues MissingValues { get; init; } = MissingValues.Learn;

    public required CategoricalEmbedding CategoricalEmbedding { get; init; }

    public required int MinimumExampleCountPerSlot { get; init; }

    /// <summary>Null: by the number of rows, <see cref="MlpOptions.HiddenLayerSizesFor"/>.</summary>
    public required IReadOnlyList<int>? HiddenLayerSizes { get; init; }

    public Activation Activation { get; init; } = Activation.Relu;

    public bool HasBiases { get; init; } = true;

    public required Initializer WeightInitializer { get; init; }

    public required Initializer BiasInitializer { get; init; }

    public required Initializer OutputInitializer { get; init; }

    public required Optimizer Optimizer { get; init; }

    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>Whether batch size and learning rate are by <see cref="RecipeBySize"/>.</summary>
    public required bool FollowsRowCount { get; init; }

    /// <summary>Null: by the number of rows, <see cref="MlpOptions.NumberOfEpochsFor"/>.</summary>
    public required int? NumberOfEpochs { get; init; }

    public bool Shuffle { get; init; } = true;

    public double L2Regularization { get; init; }

    public double L1Regularization { get; init; }

    public bool RegularizeBiases { get; init; }

    public double MaximumGradientNorm { get; init; } = double.PositiveInfinity;

    public double MaximumGradientValue { get; init; } = double.PositiveInfinity;

    public required IReadOnlyList<double> DropoutRates { get; init; }

    public required EarlyStopping EarlyStopping { get; init; }

    public required double ValidationFraction { get; init; }

    /// <summary>Networks of the model; with <see cref="RefitOnAllRows"/>, half of them are refits.</summary>
    public required int NumberOfNetworks { get; init; }

    public required bool RefitOnAllRows { get; init; }

    /// <summary>Null: by <see cref="RecipeBySize"/>.</summary>
    public required bool? RefitsContinue { get; init; }

    public required double LabelSmoothing { get; init; }

    public required bool CalibrateProbabilities { get; init; }

    public bool NormalizeLabel { get; init; } = true;

    public required bool BoundScores { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
    public static PresetValues Of(MlpPreset preset) => preset switch
    {
        MlpPreset.Plain => Plain,
        MlpPreset.Fast => Fast,
        MlpPreset.Default => Default,
        MlpPreset.Best => Best,
        _ => throw new ArgumentOutOfRangeException(
            nameof(preset), $"preset is {preset}; it must be one of {string.Join(", ", Enum.GetNames<MlpPreset>())}."),
    };
}
