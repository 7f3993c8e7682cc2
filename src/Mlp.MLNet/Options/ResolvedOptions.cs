using System.Globalization;

namespace Mlp.MLNet.Options;

/// <summary>The options in force: what the user set, and the preset's values for the rest. What is null here, the data or the loss
/// decides.</summary>
internal sealed record ResolvedOptions
{
    public required MlpPreset Preset { get; init; }

    public required string LabelColumnName { get; init; }

    public required string FeatureColumnName { get; init; }

    public required string? ExampleWeightColumnName { get; init; }

    /// <summary>Empty for none.</summary>
    public required IReadOnlyList<string> CategoricalColumnNames { get; init; }

    public required bool? NormalizeFeatures { get; init; }

    public required FeatureNormalization Normalization { get; init; }

    public required NumericEmbedding NumericEmbedding { get; init; }

    public required MissingValues MissingValues { get; init; }

    /// <summary>The embedding of ranges of the features.</summary>
    public required CategoricalEmbedding CategoricalEmbedding { get; init; }

    public required int MinimumExampleCountPerSlot { get; init; }

    /// <summary>The embedding of key columns and of the bins of numbers, which only an embedding can take.</summary>
    public CategoricalEmbedding KeyEmbedding => CategoricalEmbedding.IsNone ? new CategoricalEmbedding() : CategoricalEmbedding;

    public required IReadOnlyList<int>? HiddenLayerSizes { get; init; }

    public required Activation Activation { get; init; }

    public required Activation? OutputActivation { get; init; }

    public required bool HasBiases { get; init; }

    public required Initializer WeightInitializer { get; init; }

    public required Initializer BiasInitializer { get; init; }

    public required Initializer OutputInitializer { get; init; }

    public required Loss Loss { get; init; }

    /// <summary>With the learning rate in force.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>Null: by the number of rows.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>Whether the batch size is by <see cref="RecipeBySize"/> where it is null, and not by the engine's own rule.</summary>
    public required bool FollowsRowCount { get; init; }

    public required LearningRateSchedule Schedule { get; init; }

    public required int? BatchSize { get; init; }

    public required int? NumberOfEpochs { get; init; }

    public required bool Shuffle { get; init; }

    public required double L2Regularization { get; init; }

    public required double L1Regularization { get; init; }

    public required bool RegularizeBiases { get; init; }

    public required double MaximumGradientNorm { get; init; }

    public required double MaximumGradientValue { get; init; }

    public required IReadOnlyList<double> DropoutRates { get; init; }

    public required EarlyStopping EarlyStopping { get; init; }

    public required double ValidationFraction { get; init; }

    /// <summary>Networks of the model, refits included.</summary>
    public required int NumberOfNetworks { get; init; }

    public required bool RefitOnAllRows { get; init; }

    /// <summary>Null: by the number of rows.</summary>
    public required bool? RefitsContinue { get; init; }

    public double LabelSmoothing { get; init; }

    public bool CalibrateProbabilities { get; init; }

    public ClassWeights? ClassWeights { get; init; }

    public string? PositiveClass { get; init; }

    public bool NormalizeLabel { get; init; }

    public bool BoundScores { get; init; }

    /// <summary>Null for none.</summary>
    public PredictionLevels? PredictionIntervals { get; init; }

    /// <summary>The level; null for none.</summary>
    public double? PredictionSets { get; init; }

    /// <summary>The option that asks for rows whose labels training does not see, and its levels; null where none does.</summary>
    public (string Option, PredictionLevels Levels)? AskedCoverage =>
        PredictionIntervals is { } levels ? (nameof(PredictionIntervals), levels)
        : PredictionSets is double level ? (nameof(PredictionSets), level) : null;

    public required int? Seed { get; init; }

    public required int NumberOfThreads { get; init; }

    public required int GradientShards { get; init; }

    /// <summary>Null for this process alone.</summary>
    public required Ranks? Ranks { get; init; }

    /// <summary>The checkpoint that this process writes: with several ranks only the first has files.</summary>
    public Checkpoint? OwnCheckpoint => Ranks is null or { Rank: 0 } ? Checkpoint : null;

    public required bool ReturnBestOnCancellation { get; init; }

    public required Checkpoint? Checkpoint { get; init; }

    public required EnsemblePart? Part { get; init; }

    public required RowStore RowStore { get; init; }

    /// <summary>Null where no memory is kept.</summary>
    public required int? ReplayRowCount { get; init; }

    /// <summary>Where nothing is held out: what the user set, or the preset's number without its refits.</summary>
    public required int NumberOfNetworksWithoutRefits { get; init; }

    /// <summary>The option that wants all rows in memory, or their own order, with its value and why; null where none does.</summary>
    public (string Option, string Reason)? NeedOfMemory => this switch
    {
        { Optimizer: Lbfgs } => (nameof(Optimizer), "is Lbfgs, which takes all rows in every step"),
        { Shuffle: false } => (nameof(Shuffle), "is false, and rows on disk are in a random order"),
        { BatchSize: TrainingSettings.FullBatch } => (nameof(BatchSize), "is FullBatch, all rows in every step"),
        { ReplayRowCount: not null } => (nameof(ReplayRowCount), "is set, and what is kept is taken from rows in memory"),
        _ => null,
    };

    /// <summary>The sizes in force.</summary>
    /// <param name="rowCount">Training rows.</param>
    public IReadOnlyList<int> HiddenLayerSizesFor(long rowCount) => HiddenLayerSizes ?? RecipeBySize.For(rowCount).HiddenLayerSizes;

    /// <summary>Whether networks hold rows out, by which they find their best epochs.</summary>
    /// <param name="rowCount">Training rows.</param>
    /// <param name="hasValidation">Whether there are validation rows, which take the place of held-out ones.</param>
    public bool HoldsOut(long rowCount, bool hasValidation) => !EarlyStopping.IsNone && !hasValidation && rowCount > 1;

    /// <summary>Networks of the model.</summary>
    /// <inheritdoc cref="HoldsOut" path="/param"/>
    public int NetworkCountFor(long rowCount, bool hasValidation) =>
        RefitOnAllRows && !HoldsOut(rowCount, hasValidation) ? NumberOfNetworksWithoutRefits : NumberOfNetworks;

    /// <summary>The settings of the engine, which counts the networks that hold rows out, and their refits beside them.</summary>
    /// <inheritdoc cref="HoldsOut" path="/param"/>
    public EnsembleSettings ToEnsembleSettings(long rowCount, bool hasValidation)
    {
        int networkCount = NetworkCountFor(rowCount, hasValidation);
        bool refits = RefitOnAllRows && HoldsOut(rowCount, hasValidation);
        return new EnsembleSettings
        {
            NumberOfNetworks = refits ? (networkCount + 1) / 2 : networkCount,
            RefitOnAllRows = refits && networkCount > 1,
            MaximumRefitCount = refits ? networkCount / 2 : null,
            RefitsContinue = refits && (RefitsContinue ?? RecipeBySize.For(rowCount).RefitsContinue),
            ValidationFraction = ValidationFraction,
            CalibrateProbabilities = CalibrateProbabilities,
            Part = Part,
            KeepsHeldOutOutputs = AskedCoverage is not null,
        };
    }

    /// <summary>The engine's settings once the first frequencies are known: networks that begin alike have fresh refits, so that these
    /// differ.</summary>
    public EnsembleSettings ForFrequencies(EnsembleSettings ensemble, FrequencyRange frequencies) =>
        RefitsContinue is null && !frequencies.Varies ? ensemble with { RefitsContinue = false } : ensemble;

    /// <summary>What the engine is to do.</summary>
    /// <param name="seed">Of the training.</param>
    /// <param name="rowCount">Training rows.</param>
    public TrainingSettings ToTrainingSettings(int seed, long rowCount) => new()
    {
        Loss = Loss,
        LabelSmoothing = LabelSmoothing,
        Optimizer = LearningRate is null ? Optimizer with { LearningRate = RecipeBySize.For(rowCount).LearningRate } : Optimizer,
        Schedule = Schedule,
        BatchSize = BatchSize ?? (FollowsRowCount ? RecipeBySize.For(rowCount).BatchSize : null),
        NumberOfEpochs = NumberOfEpochs ?? RecipeBySize.For(rowCount).NumberOfEpochs,
        Shuffle = Shuffle,
        L2Regularization = L2Regularization,
        L1Regularization = L1Regularization,
        RegularizeBiases = RegularizeBiases,
        MaximumGradientNorm = MaximumGradientNorm,
        MaximumGradientValue = MaximumGradientValue,
        DropoutRates = DropoutRates,
        CategoryDropoutRate = KeyEmbedding.UnknownRate,
        EarlyStopping = EarlyStopping,
        Seed = seed,
        NumberOfThreads = NumberOfThreads,
        GradientShards = GradientShards,
        Ranks = Ranks,
        ReturnBestOnCancellation = ReturnBestOnCancellation,
        Checkpoint = Checkpoint,
    };

    /// <summary>The hidden layers and the output layer.</summary>
    public DenseLayerDescription[] ToLayers(IReadOnlyList<int> hiddenLayerSizes, int outputCount, Activation outputActivation)
    {
        (Initializer weights, Initializer biases) = OutputInitializer == Initializer.Automatic
            ? (WeightInitializer, BiasInitializer) : (OutputInitializer, OutputInitializer);
        return
        [
            .. hiddenLayerSizes.Select(units => Describe(units, Activation, WeightInitializer, BiasInitializer)),
            Describe(outputCount, outputActivation, weights, biases),
        ];
    }

    /// <summary>The options that all tasks have.</summary>
    public IEnumerable<(string Name, object? Value)> CommonValues() =>
    [
        (nameof(Preset), Preset),
        (nameof(LabelColumnName), LabelColumnName),
        (nameof(FeatureColumnName), FeatureColumnName),
        (nameof(ExampleWeightColumnName), ExampleWeightColumnName),
        (nameof(CategoricalColumnNames), CategoricalColumnNames),
        (nameof(NormalizeFeatures), NormalizeFeatures),
        (nameof(Normalization), Normalization),
        (nameof(NumericEmbedding), NumericEmbedding),
        (nameof(MissingValues), MissingValues),
        (nameof(CategoricalEmbedding), CategoricalEmbedding),
        (nameof(MinimumExampleCountPerSlot), MinimumExampleCountPerSlot),
        (nameof(HiddenLayerSizes), HiddenLayerSizes),
        (nameof(Activation), Activation),
        (nameof(OutputActivation), OutputActivation),
        (nameof(HasBiases), HasBiases),
        (nameof(WeightInitializer), WeightInitializer),
        (nameof(BiasInitializer), BiasInitializer),
        (nameof(OutputInitializer), OutputInitializer),
        (nameof(Loss), Loss),
        (nameof(Optimizer), LearningRate is null ? DescribeOptimizer() : Optimizer),
        (nameof(LearningRate), LearningRate),
        (nameof(Schedule), Schedule),
        (nameof(BatchSize), BatchSize),
        (nameof(NumberOfEpochs), NumberOfEpochs),
        (nameof(Shuffle), Shuffle),
        (nameof(L2Regularization), L2Regularization),
        (nameof(L1Regularization), L1Regularization),
        (nameof(RegularizeBiases), RegularizeBiases),
        (nameof(MaximumGradientNorm), MaximumGradientNorm),
        (nameof(MaximumGradientValue), MaximumGradientValue),
        (nameof(DropoutRates), DropoutRates),
        (nameof(EarlyStopping), EarlyStopping),
        (nameof(ValidationFraction), ValidationFraction),
        (nameof(NumberOfNetworks), NumberOfNetworks),
        (nameof(RefitOnAllRows), RefitOnAllRows),
        (nameof(RefitsContinue), RefitsContinue),
        (nameof(Seed), Seed),
        (nameof(NumberOfThreads), NumberOfThreads),
        (nameof(GradientShards), GradientShards),
        (nameof(Ranks), Ranks),
        (nameof(ReturnBestOnCancellation), ReturnBestOnCancellation),
        (nameof(Checkpoint), Checkpoint),
        (nameof(Part), Part),
        (nameof(RowStore), RowStore),
        (nameof(ReplayRowCount), ReplayRowCount),
    ];

    /// <summary>The value of an option as text; what the data or the loss decides, in words.</summary>
    public static string Describe(string name, object? value) => (name, value) switch
    {
        (nameof(HiddenLayerSizes) or nameof(BatchSize) or nameof(LearningRate) or nameof(NumberOfEpochs), null) => "by the number of rows",
        (nameof(RefitsContinue), null) => "where networks differ by their frequencies",
        (nameof(OutputActivation), null) => "by the loss",
        (nameof(NormalizeFeatures), null) => "unless they are annotated as normalized",
        (nameof(Seed), null) => "drawn in each Fit",
        (nameof(PositiveClass), null) => "the second value of a key",
        (_, null) => "none",
        (_, EarlyStopping { IsNone: true }) => "none",
        (_, NumericEmbedding { MaximumFeatureCount: 0 }) => "none",
        (_, CategoricalEmbedding { IsNone: true }) => "none",
        (_, PredictionLevels levels) => $"{levels}",
        (_, IReadOnlyList<string> names) => names.Count == 0 ? "none" : $"[{string.Join(", ", names)}]",
        (_, IEnumerable<int> sizes) => $"[{string.Join(", ", sizes)}]",
        (_, IEnumerable<double> rates) => $"[{string.Join(", ", rates.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))}]",
        _ => $"{value}",
    };

    // Its rate is not the one that will be in force.
    private string DescribeOptimizer() => $"{Optimizer}".Replace(
        string.Create(CultureInfo.InvariantCulture, $"{nameof(LearningRate)} = {Optimizer.LearningRate}"),
        $"{nameof(LearningRate)} = {Describe(nameof(LearningRate), null)}", StringComparison.Ordinal);

    private DenseLayerDescription Describe(int units, Activation activation, Initializer weights, Initializer biases) =>
        Layer.Dense(units, activation) with
        {
            HasBiases = HasBiases,
            WeightInitializer = weights,
            BiasInitializer = biases,
        };
}
