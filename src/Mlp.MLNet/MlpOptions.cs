namespace Mlp.MLNet;

/// <summary>What all trainers can be told: the columns and every hyper-parameter. A trainer copies them when it is created.</summary>
public abstract class MlpOptions
{
    // Values of TrainingSettings are given there, not here. Its loss has no default; each trainer has its own.
    private static readonly TrainingSettings Defaults = new() { Loss = Loss.BinaryCrossEntropy };

    private protected MlpOptions()
    {
    }

    /// <summary>The column with what is to be predicted. Its type is a matter of the trainer.</summary>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>
    /// The column with the inputs: a vector of <see cref="float"/> of known size, dense or sparse, or a single <see cref="float"/>.
    /// </summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>
    /// The column with the importance of each row, at least 0: <see cref="float"/>. Null, as it is unless set: all rows count the same.
    /// scikit-learn: sample_weight.
    /// </summary>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>
    /// Units of the hidden layers, first hidden layer first, each at least 1; 64 and 32 unless set. Empty: no hidden layer, a linear
    /// model. scikit-learn: hidden_layer_sizes; PyTorch: out_features of Linear.
    /// </summary>
    public int[] HiddenLayerSizes { get; set; } = [64, 32];

    /// <summary>What the hidden units apply; <see cref="Activation.Relu"/> unless set. scikit-learn: activation; PyTorch: ReLU and others.</summary>
    public Activation Activation { get; set; } = Activation.Relu;

    /// <inheritdoc cref="TrainingSettings.Optimizer"/>
    public Optimizer Optimizer { get; set; } = Defaults.Optimizer;

    /// <inheritdoc cref="TrainingSettings.BatchSize"/>
    public int? BatchSize { get; set; } = Defaults.BatchSize;

    /// <inheritdoc cref="TrainingSettings.NumberOfEpochs"/>
    public int NumberOfEpochs { get; set; } = Defaults.NumberOfEpochs;

    /// <inheritdoc cref="TrainingSettings.Shuffle"/>
    public bool Shuffle { get; set; } = Defaults.Shuffle;

    /// <summary>
    /// How the first weights are drawn; null, as it is unless set, for <see cref="Initializer.DefaultFor"/> the layer's activation.
    /// PyTorch: torch.nn.init.
    /// </summary>
    public Initializer? WeightInitializer { get; set; }

    /// <summary>Whether units have biases; true unless set. PyTorch: bias of Linear.</summary>
    public bool HasBiases { get; set; } = true;

    /// <inheritdoc cref="TrainingSettings.L2Regularization"/>
    public double L2Regularization { get; set; } = Defaults.L2Regularization;

    /// <inheritdoc cref="TrainingSettings.MaximumGradientNorm"/>
    public double MaximumGradientNorm { get; set; } = Defaults.MaximumGradientNorm;

    /// <summary>
    /// Whether features are scaled to mean 0 and standard deviation 1, as they are in the training rows. Null, as it is unless set: yes,
    /// unless the feature column says by its annotation IsNormalized that it is normalized. The scaling becomes part of the model.
    /// scikit-learn: StandardScaler.
    /// </summary>
    public bool? NormalizeFeatures { get; set; }

    /// <summary>
    /// Determines the first weights and the order of the rows. Null, as it is unless set: drawn in each Fit from the random numbers of
    /// the MLContext, which its seed determines. scikit-learn: random_state; PyTorch: manual_seed.
    /// </summary>
    public int? Seed { get; set; }

    /// <inheritdoc cref="TrainingSettings.NumberOfThreads"/>
    public int NumberOfThreads { get; set; } = Defaults.NumberOfThreads;

    /// <inheritdoc cref="TrainingSettings.EpochCallback"/>
    public Action<EpochReport>? EpochCallback { get; set; }

    /// <inheritdoc cref="TrainingSettings.CancellationToken"/>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>A copy that nobody else can change.</summary>
    internal MlpOptions Copy()
    {
        var copy = (MlpOptions)MemberwiseClone();
        copy.HiddenLayerSizes = [.. HiddenLayerSizes];
        return copy;
    }

    /// <exception cref="ArgumentException">A value is null or out of range; the message names it.</exception>
    internal void Validate()
    {
        CheckColumnName(LabelColumnName, nameof(LabelColumnName), "label");
        CheckColumnName(FeatureColumnName, nameof(FeatureColumnName), "feature");
        if (ExampleWeightColumnName is not null)
            CheckColumnName(ExampleWeightColumnName, nameof(ExampleWeightColumnName), "example weight");
        if (HiddenLayerSizes is null)
            throw new ArgumentNullException(nameof(HiddenLayerSizes), "HiddenLayerSizes is null. For a linear model pass an empty array.");
        for (int index = 0; index < HiddenLayerSizes.Length; index++)
        {
            if (HiddenLayerSizes[index] < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(HiddenLayerSizes),
                    HiddenLayerSizes[index],
                    $"HiddenLayerSizes[{index}] is {HiddenLayerSizes[index]}; every hidden layer needs at least 1 unit. For a linear model pass an empty array.");
            }
        }
        if (!Enum.IsDefined(Activation))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Activation), Activation, $"Activation is {Activation}; it must be one of {string.Join(", ", Enum.GetNames<Activation>())}.");
        }
        ToTrainingSettings(Defaults.Loss, seed: 0).Validate();
    }

    internal TrainingSettings ToTrainingSettings(Loss loss, int seed) => new()
    {
        Loss = loss,
        Optimizer = Optimizer,
        BatchSize = BatchSize,
        NumberOfEpochs = NumberOfEpochs,
        Shuffle = Shuffle,
        L2Regularization = L2Regularization,
        MaximumGradientNorm = MaximumGradientNorm,
        Seed = seed,
        NumberOfThreads = NumberOfThreads,
        EpochCallback = EpochCallback,
        CancellationToken = CancellationToken,
    };

    /// <summary>The hidden layers, and an output layer that leaves its pre-activations to the loss.</summary>
    internal Layer[] ToLayers(int outputCount)
    {
        IEnumerable<DenseLayerDescription> hidden = HiddenLayerSizes.Select(units => Layer.Dense(units, Activation));
        return [.. hidden.Append(Layer.Dense(outputCount))
            .Select(layer => layer with { HasBiases = HasBiases, WeightInitializer = WeightInitializer })];
    }

    private static void CheckColumnName(string name, string property, string role)
    {
        // The type that ML.NET throws for a column name that is null, too.
        if (string.IsNullOrEmpty(name))
            throw new ArgumentOutOfRangeException(property, $"{property} is {(name is null ? "null" : "empty")}; give the name of the {role} column.");
    }
}
