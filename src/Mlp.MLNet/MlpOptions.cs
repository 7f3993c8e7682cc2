using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mlp.MLNet;

/// <summary>What all trainers can be told: the columns and every hyper-parameter. A trainer copies them when it is created.</summary>
/// <remarks>
/// They begin with the values of an <see cref="MlpPreset"/>, <see cref="MlpPreset.Default"/> unless the constructor is told another one;
/// whatever is set then wins. Below, "unless set" gives the values of <see cref="MlpPreset.Plain"/>; ToString lists those in force.
/// </remarks>
public abstract class MlpOptions
{
    // From here on a second hidden layer pays, and so do larger batches (TrainingSettings.BatchSize).
    private const int LargeTableRowCount = 1000;

    // Values of TrainingSettings are given there, not here. Its loss has no default; each trainer has its own.
    private static readonly TrainingSettings Defaults = new() { Loss = Loss.BinaryCrossEntropy };
    private static readonly EnsembleSettings EnsembleDefaults = new();

    // Options that give way to others unless the user set them, whatever their value.
    private HashSet<string> _setByUser = [];

    private protected MlpOptions(Loss loss) => Loss = loss;

    /// <summary>The column with what is to be predicted. Its type is a matter of the trainer.</summary>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>
    /// The column with the inputs: a vector of <see cref="float"/> of known size, dense or sparse, or a single <see cref="float"/>.
    /// </summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>
    /// The column with the importance of each row, at least 0: <see cref="float"/>. A row of weight 0 is as if absent, whatever it holds; one of
    /// weight 2 counts as if it were there twice. Null, as it is unless set: all rows count the same.
    /// scikit-learn: sample_weight; PyTorch: reduction="none" and a weighted mean.
    /// </summary>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>
    /// Units of the hidden layers, first hidden layer first, each at least 1; 64 and 32 unless set. Empty: no hidden layer, a linear
    /// model. Null: those of the model to start from, or one of 128 for fewer than 1,000 training rows and two of 128 from there on.
    /// scikit-learn: hidden_layer_sizes; PyTorch: out_features of Linear.
    /// </summary>
    public int[]? HiddenLayerSizes { get; set; } = [64, 32];

    /// <summary>
    /// What the hidden units apply; <see cref="Activation.Relu"/> unless set. scikit-learn: activation; PyTorch: ReLU and others.
    /// </summary>
    public Activation Activation { get; set; } = Activation.Relu;

    /// <summary>
    /// What the output units apply in training. Null, as it is unless set: what suits <see cref="Loss"/>. Which others make sense is a
    /// matter of the trainer; the others are refused. PyTorch: a last module; scikit-learn: out_activation_, which cannot be chosen.
    /// </summary>
    public Activation? OutputActivation { get; set; }

    /// <summary>
    /// What is minimized. Default and choice are a matter of the trainer; losses that make no sense for it are refused. A parameter of
    /// the loss (γ of the focal losses, τ of the quantile, the threshold of Huber) is given where it is made: <c>Loss.Huber(1.5)</c>.
    /// scikit-learn: loss; PyTorch: MSELoss and others.
    /// </summary>
    public Loss Loss { get; set; }

    /// <inheritdoc cref="TrainingSettings.Optimizer"/>
    public Optimizer Optimizer { get; set; } = Defaults.Optimizer;

    /// <inheritdoc cref="TrainingSettings.Schedule"/>
    public LearningRateSchedule Schedule
    {
        get;
        set
        {
            field = value;
            NoteSet();
        }
    } = Defaults.Schedule;

    /// <inheritdoc cref="TrainingSettings.BatchSize"/>
    public int? BatchSize { get; set; } = Defaults.BatchSize;

    /// <inheritdoc cref="TrainingSettings.NumberOfEpochs"/>
    public int NumberOfEpochs { get; set; } = Defaults.NumberOfEpochs;

    /// <inheritdoc cref="TrainingSettings.Shuffle"/>
    public bool Shuffle { get; set; } = Defaults.Shuffle;

    /// <summary>
    /// How the first weights are drawn; null, as it is unless set, for <see cref="Initializer.DefaultFor"/> the layer's activation.
    /// scikit-learn: none; PyTorch: torch.nn.init.
    /// </summary>
    public Initializer? WeightInitializer { get; set; }

    /// <summary>
    /// How the first weights and biases of the output layer are drawn; null, as it is unless set: like those of the other layers.
    /// <see cref="Initializer.Zero"/> lets a training begin without an opinion. scikit-learn: none; PyTorch: torch.nn.init.
    /// </summary>
    public Initializer? OutputInitializer { get; set; }

    /// <summary>How the first biases are drawn; <see cref="Initializer.Zero"/> unless set. PyTorch: torch.nn.init; scikit-learn: none.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zero;

    /// <summary>Whether units have biases; true unless set. scikit-learn: none; PyTorch: bias of Linear.</summary>
    public bool HasBiases { get; set; } = true;

    /// <inheritdoc cref="TrainingSettings.L2Regularization"/>
    public double L2Regularization { get; set; } = Defaults.L2Regularization;

    /// <inheritdoc cref="TrainingSettings.L1Regularization"/>
    public double L1Regularization { get; set; } = Defaults.L1Regularization;

    /// <inheritdoc cref="TrainingSettings.RegularizeBiases"/>
    public bool RegularizeBiases { get; set; } = Defaults.RegularizeBiases;

    /// <inheritdoc cref="TrainingSettings.MaximumGradientNorm"/>
    public double MaximumGradientNorm { get; set; } = Defaults.MaximumGradientNorm;

    /// <inheritdoc cref="TrainingSettings.MaximumGradientValue"/>
    public double MaximumGradientValue { get; set; } = Defaults.MaximumGradientValue;

    /// <inheritdoc cref="TrainingSettings.DropoutRates"/>
    public IReadOnlyList<double> DropoutRates
    {
        get;
        set
        {
            field = value;
            NoteSet();
        }
    } = Defaults.DropoutRates;

    /// <summary>
    /// When to stop before the last epoch; the parameters of the epoch with the lowest validation loss are restored. Null, as it is unless
    /// set: train all epochs. The validation rows are those given to Fit, or <see cref="ValidationFraction"/> of the training rows.
    /// scikit-learn: early_stopping; PyTorch: none.
    /// </summary>
    public EarlyStopping? EarlyStopping { get; set; } = Defaults.EarlyStopping;

    /// <summary>
    /// The part of the training rows that a network holds out for <see cref="EarlyStopping"/> when Fit is given no validation rows, in
    /// (0, 1); 0.1 unless set. The rows are drawn by the seed, of each class the same part; several networks hold out different ones.
    /// Not used without EarlyStopping. scikit-learn: validation_fraction; PyTorch: random_split.
    /// </summary>
    public double ValidationFraction { get; set; } = EnsembleDefaults.ValidationFraction;

    /// <summary>
    /// Networks of the model, whose predictions are averaged, from 1 to 1,000; 1 unless set. Time, size and scoring time grow with them.
    /// <see cref="RefitOnAllRows"/> adds as many. When Fit is given validation rows, all networks look at those and none holds rows out. scikit-learn: n_estimators of
    /// BaggingClassifier; PyTorch: none.
    /// </summary>
    public int NumberOfNetworks { get; set; } = EnsembleDefaults.NumberOfNetworks;

    /// <inheritdoc cref="EnsembleSettings.RefitOnAllRows"/>
    public bool RefitOnAllRows { get; set; } = EnsembleDefaults.RefitOnAllRows;

    /// <summary>
    /// Whether features are scaled as <see cref="Normalization"/> says, by what they are in the training rows. Null, as it is unless set: yes,
    /// unless the feature column says by its annotation IsNormalized that it is normalized. The scaling becomes part of the model. A
    /// training that starts from a model keeps that model's scaling, whatever this says.
    /// scikit-learn: StandardScaler; PyTorch: none.
    /// </summary>
    public bool? NormalizeFeatures { get; set; }

    /// <summary>
    /// How features are scaled; <see cref="FeatureNormalization.Standard"/> unless set. scikit-learn: StandardScaler, RobustScaler;
    /// PyTorch: none.
    /// </summary>
    public FeatureNormalization Normalization { get; set; }

    /// <summary>
    /// Shows numeric features to the network a second time, as learnt periodic functions, where there are enough rows. Null, as it is
    /// unless set: never. A training that starts from a model has that model's embedding, whatever this says. scikit-learn, PyTorch: none.
    /// </summary>
    public NumericEmbedding? NumericEmbedding { get; set; }

    /// <summary>
    /// Determines the first weights and the order of the rows. Null, as it is unless set: drawn in each Fit from the random numbers of
    /// the MLContext, which its seed determines. scikit-learn: random_state; PyTorch: manual_seed.
    /// </summary>
    public int? Seed { get; set; }

    /// <inheritdoc cref="TrainingSettings.NumberOfThreads"/>
    public int NumberOfThreads { get; set; } = Defaults.NumberOfThreads;

    /// <inheritdoc cref="TrainingSettings.EpochCallback"/>
    public Action<EpochResult>? EpochCallback { get; set; }

    /// <inheritdoc cref="TrainingSettings.CancellationToken"/>
    public CancellationToken CancellationToken { get; set; }

    /// <inheritdoc cref="TrainingSettings.ReturnBestOnCancellation"/>
    public bool ReturnBestOnCancellation { get; set; } = Defaults.ReturnBestOnCancellation;

    /// <summary>
    /// Where to save the state of the training and to go on from; nowhere unless set. It needs a <see cref="Seed"/>: the training that goes
    /// on must be the one that was saved. In a cross-validation the first fold has this file and each later one a file whose name ends with a
    /// fingerprint of its rows, unless the pipeline caches the rows. Warnings about files go to the log of the MLContext. scikit-learn: none; PyTorch: the user's loop.
    /// </summary>
    public Checkpoint? Checkpoint { get; set; } = Defaults.Checkpoint;

    /// <summary>The output layer in training and in the model.</summary>
    /// <exception cref="ArgumentException">Loss and output activation make no sense together, or for the task.</exception>
    internal abstract OutputLayer OutputLayer { get; }

    /// <summary>Class weights, where the task has classes that exclude each other.</summary>
    internal virtual ClassWeights? WeightsOfClasses => null;

    /// <summary>What a training may need, in bytes; null for what the process can use.</summary>
    internal double? MemoryLimit { get; set; }

    /// <summary>Told whenever a training looks whether it was cancelled: how much work lies between two looks is a promise.</summary>
    internal Action? CancellationCheckCallback { get; set; }

    /// <summary>Every value, one line each: "HiddenLayerSizes = [128, 128]".</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        Values().Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Name} = {value.Value ?? "null"}")));

    /// <summary>A copy that nobody else can change, in which what a preset said has given way where it contradicts what the user said.</summary>
    internal MlpOptions Copy()
    {
        var copy = (MlpOptions)MemberwiseClone();
        copy._setByUser = [];
        if (Optimizer is Lbfgs && !IsSet(nameof(Schedule)))
            copy.Schedule = Defaults.Schedule;
        if (Optimizer is Lbfgs && !IsSet(nameof(DropoutRates)))
            copy.DropoutRates = Defaults.DropoutRates;
        copy.HiddenLayerSizes = (int[]?)copy.HiddenLayerSizes?.Clone();
        copy.DropoutRates = [.. copy.DropoutRates];
        copy._setByUser = [.. _setByUser];
        return copy;
    }

    /// <summary>From here on, what is set the user sets.</summary>
    internal void ForgetWhatIsSet() => _setByUser.Clear();

    /// <exception cref="ArgumentException">A value is null or out of range; the message names it.</exception>
    internal virtual void Validate()
    {
        CheckColumnName(LabelColumnName, nameof(LabelColumnName), "label");
        CheckColumnName(FeatureColumnName, nameof(FeatureColumnName), "feature");
        if (ExampleWeightColumnName is not null)
            CheckColumnName(ExampleWeightColumnName, nameof(ExampleWeightColumnName), "example weight");
        if (Array.FindIndex(HiddenLayerSizes ?? [], units => units < 1) is >= 0 and int index)
        {
            throw new ArgumentOutOfRangeException(
                nameof(HiddenLayerSizes),
                $"HiddenLayerSizes[{index}] is {HiddenLayerSizes![index]}; every hidden layer needs at least 1 unit. For a linear model pass an empty array.");
        }
        if (!Enum.IsDefined(Activation))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Activation), $"Activation is {Activation}; it must be one of {string.Join(", ", Enum.GetNames<Activation>())}.");
        }
        ArgumentNullException.ThrowIfNull(Loss);
        ArgumentNullException.ThrowIfNull(BiasInitializer);
        ArgumentNullException.ThrowIfNull(DropoutRates);
        if (DropoutRates.Count > 1 && DropoutRates.Count != HiddenLayerSizes?.Length)
        {
            string layers = HiddenLayerSizes is null ? "as many hidden layers as the number of rows says (HiddenLayerSizes is null)" : $"{HiddenLayerSizes.Length} hidden layers";
            throw new ArgumentException(
                $"DropoutRates has {DropoutRates.Count} values for {layers}. Give one per hidden layer, or one for all.", nameof(DropoutRates));
        }
        if (!Enum.IsDefined(Normalization))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Normalization), $"Normalization is {Normalization}; it must be one of {string.Join(", ", Enum.GetNames<FeatureNormalization>())}.");
        }
        NumericEmbedding?.Validate();
        ToEnsembleSettings().Validate();
        if (Checkpoint is not null && Seed is null)
        {
            throw new ArgumentException(
                "Checkpoint is set, but Seed is not; a training that goes on from a file must draw the numbers of the one that wrote it. Set Seed, for example to 1.",
                nameof(Seed));
        }
        _ = OutputLayer;
        Copy().ToTrainingSettings(Loss, seed: 0).Validate();
    }

    internal virtual TrainingSettings ToTrainingSettings(Loss loss, int seed) => new()
    {
        Loss = loss,
        Optimizer = Optimizer,
        Schedule = Schedule,
        BatchSize = BatchSize,
        NumberOfEpochs = NumberOfEpochs,
        Shuffle = Shuffle,
        L2Regularization = L2Regularization,
        L1Regularization = L1Regularization,
        RegularizeBiases = RegularizeBiases,
        MaximumGradientNorm = MaximumGradientNorm,
        MaximumGradientValue = MaximumGradientValue,
        DropoutRates = DropoutRates,
        EarlyStopping = EarlyStopping,
        Seed = seed,
        NumberOfThreads = NumberOfThreads,
        EpochCallback = EpochCallback,
        CancellationToken = CancellationToken,
        ReturnBestOnCancellation = ReturnBestOnCancellation,
        Checkpoint = Checkpoint,
    };

    internal virtual EnsembleSettings ToEnsembleSettings() => new()
    {
        NumberOfNetworks = NumberOfNetworks,
        ValidationFraction = ValidationFraction,
        RefitOnAllRows = RefitOnAllRows,
    };

    /// <summary>The hidden layers and the output layer.</summary>
    internal DenseLayerDescription[] ToLayers(IReadOnlyList<int> hiddenLayerSizes, int outputCount, Activation outputActivation = Activation.Identity)
    {
        DenseLayerDescription output = Layer.Dense(outputCount, outputActivation);
        return [.. hiddenLayerSizes.Select(units => Layer.Dense(units, Activation)).Append(output).Select((layer, index) => layer with
        {
            HasBiases = HasBiases,
            WeightInitializer = index == hiddenLayerSizes.Count ? OutputInitializer ?? WeightInitializer : WeightInitializer,
            BiasInitializer = index == hiddenLayerSizes.Count ? OutputInitializer ?? BiasInitializer : BiasInitializer,
        })];
    }

    /// <summary>The sizes in force.</summary>
    /// <param name="rowCount">Training rows.</param>
    /// <param name="start">The model to start from; null for none.</param>
    internal IReadOnlyList<int> HiddenLayerSizesFor(long rowCount, MlpModelParameters? start) =>
        HiddenLayerSizes ?? (start is not null ? WarmStart.HiddenLayerSizesOf(start) : rowCount < LargeTableRowCount ? [128] : [128, 128]);

    /// <summary>Notes that an option was set: the one from whose setter it is called.</summary>
    private protected void NoteSet([CallerMemberName] string name = "") => _setByUser.Add(name);

    /// <summary>Whether the user set an option that notes it. What he set is taken or refused, never dropped.</summary>
    private protected bool IsSet(string name) => _setByUser.Contains(name);

    /// <summary>Names and values for <see cref="ToString"/>.</summary>
    private protected virtual IEnumerable<(string Name, object? Value)> Values() =>
    [
        (nameof(LabelColumnName), LabelColumnName),
        (nameof(FeatureColumnName), FeatureColumnName),
        (nameof(ExampleWeightColumnName), ExampleWeightColumnName),
        (nameof(NormalizeFeatures), NormalizeFeatures),
        (nameof(Normalization), Normalization),
        (nameof(NumericEmbedding), NumericEmbedding),
        (nameof(HiddenLayerSizes), HiddenLayerSizes is null ? null : $"[{string.Join(", ", HiddenLayerSizes)}]"),
        (nameof(Activation), Activation),
        (nameof(OutputActivation), OutputActivation),
        (nameof(HasBiases), HasBiases),
        (nameof(WeightInitializer), WeightInitializer),
        (nameof(BiasInitializer), BiasInitializer),
        (nameof(OutputInitializer), OutputInitializer),
        (nameof(Loss), Loss),
        (nameof(Optimizer), Optimizer),
        (nameof(Schedule), Schedule),
        (nameof(BatchSize), BatchSize),
        (nameof(NumberOfEpochs), NumberOfEpochs),
        (nameof(Shuffle), Shuffle),
        (nameof(L2Regularization), L2Regularization),
        (nameof(L1Regularization), L1Regularization),
        (nameof(RegularizeBiases), RegularizeBiases),
        (nameof(MaximumGradientNorm), MaximumGradientNorm),
        (nameof(MaximumGradientValue), MaximumGradientValue),
        (nameof(DropoutRates), $"[{string.Join(", ", DropoutRates.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))}]"),
        (nameof(EarlyStopping), EarlyStopping),
        (nameof(ValidationFraction), ValidationFraction),
        (nameof(NumberOfNetworks), NumberOfNetworks),
        (nameof(RefitOnAllRows), RefitOnAllRows),
        (nameof(Seed), Seed),
        (nameof(NumberOfThreads), NumberOfThreads),
        (nameof(ReturnBestOnCancellation), ReturnBestOnCancellation),
        (nameof(Checkpoint), Checkpoint),
    ];

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
