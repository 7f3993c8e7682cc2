using Mlp.MLNet.Options;

namespace Mlp.MLNet;

/// <summary>The columns and every hyper-parameter of a trainer. A trainer copies them when it is created.</summary>
/// <remarks>
/// A hyper-parameter is null unless you set it, and null leaves it to the <see cref="Preset"/>: below, "Default" is the value of
/// <see cref="MlpPreset.Default"/>, and <see cref="MlpPreset.Plain"/> is named where it differs. What you set wins, and is refused, never
/// ignored, where it contradicts another option. ToString lists the values in force, and Fit logs them.
/// </remarks>
public abstract partial class MlpOptions
{
    private protected MlpOptions(MlpPreset preset)
    {
        // Fails for a preset that does not exist.
        _ = PresetValues.Of(preset);
        Preset = preset;
    }

    /// <summary>What decides the options that are null.</summary>
    public MlpPreset Preset { get; }

    /// <summary>The column with what is to be predicted. The trainer says of which type. Default: "Label".</summary>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>
    /// The column with the inputs: a vector of <see cref="float"/> of known size, dense or sparse, or a single <see cref="float"/>.
    /// Default: "Features".
    /// </summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>
    /// The column with the importance of each row, at least 0: <see cref="float"/>. A row of weight 0 is as if absent, whatever it holds;
    /// one of weight 2 counts as if it were there twice. Without it, all rows count the same. scikit-learn: sample_weight; PyTorch:
    /// reduction="none" and a weighted mean. Default: none.
    /// </summary>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>
    /// Columns that are categories beside the <see cref="FeatureColumnName"/>, which stays needed: keys of one value a row, as
    /// Conversion.MapValueToKey makes them, without OneHotEncoding. Each is learnt as an embedding, see
    /// <see cref="CategoricalEmbedding"/>; where only the preset says none, by that option's usual values. A missing key, and one that the
    /// training did not have, is an unknown value. Names that are empty, named twice or those of another column are refused, and so is
    /// <see cref="CategoricalEmbedding.None"/> beside them. The order counts where a training starts from a model.
    /// scikit-learn: none for networks; PyTorch: Embedding. Default: none.
    /// </summary>
    public string[]? CategoricalColumnNames { get; set; }

    /// <summary>
    /// What is done with features that are NaN: <see cref="MissingValues.Learn"/> from them, or
    /// <see cref="MissingValues.Refuse"/> them. Infinite ones are always refused. scikit-learn: none for networks; PyTorch: none.
    /// Default: Learn.
    /// </summary>
    public MissingValues? MissingValues { get; set; }

    /// <summary>
    /// How categories are learnt, ranges of features that are marked as such and <see cref="CategoricalColumnNames"/>: as up to 8 numbers
    /// a value. <see cref="CategoricalEmbedding.None"/> makes features like all others of such ranges. scikit-learn: none; PyTorch:
    /// Embedding. Default: CategoricalEmbedding (Plain: none).
    /// </summary>
    public CategoricalEmbedding? CategoricalEmbedding { get; set; }

    /// <summary>
    /// Training rows in which a slot that is mostly 0 and kept as index and value must hold something; slots with fewer are left out of
    /// the network. At least 1. A word that one row has teaches that row alone. A row of weight 2 counts twice. scikit-learn: min_df of
    /// its vectorizers; PyTorch: none. Default: 2 (Plain: 1).
    /// </summary>
    public int? MinimumExampleCountPerSlot { get; set; }

    /// <summary>
    /// Units of the hidden layers, first hidden layer first, each at least 1. Empty: no hidden layer, a linear model. By the number of rows
    /// means one layer of 128 units for fewer than 1,000 training rows and two of 128 from there on (<see cref="HiddenLayerSizesFor"/>).
    /// A training that starts from a model has that model's layers unless this is set.
    /// scikit-learn: hidden_layer_sizes; PyTorch: out_features of Linear. Default: by the number of rows (Plain: [64, 32]).
    /// </summary>
    public int[]? HiddenLayerSizes { get; set; }

    /// <summary>What the hidden units apply. scikit-learn: activation; PyTorch: ReLU and others. Default: Relu.</summary>
    public Activation? Activation { get; set; }

    /// <summary>
    /// What the output units apply in training. The trainer and <see cref="Loss"/> decide which ones make sense; the others are refused.
    /// PyTorch: a last module; scikit-learn: out_activation_, which cannot be chosen. Default: by the loss.
    /// </summary>
    public Activation? OutputActivation { get; set; }

    /// <summary>
    /// What is minimized. The trainer decides which losses make sense; the others are refused. A parameter of
    /// the loss (γ of the focal losses, τ of the quantile, the threshold of Huber) is given where it is made: <c>Loss.Huber(1.5)</c>.
    /// scikit-learn: loss; PyTorch: MSELoss and others. Default: BinaryCrossEntropy, SoftmaxCrossEntropy or SquaredError, by the trainer.
    /// </summary>
    public Loss? Loss { get; set; }

    /// <summary>
    /// The update rule. With <see cref="Lbfgs"/> a schedule and dropout are refused, and the preset's are not used.
    /// scikit-learn: solver; PyTorch: torch.optim. Default: Adam { Beta2 = 0.95 } (Plain: Adam).
    /// </summary>
    public Optimizer? Optimizer { get; set; }

    /// <summary>
    /// The step size before the schedule, positive; set, it replaces the learning rate of the <see cref="Optimizer"/> in force.
    /// By the number of rows means 0.003 below 1,000 rows and 0.0045 from there on, and holds unless the <see cref="Optimizer"/> is set.
    /// scikit-learn: learning_rate_init; PyTorch: lr of torch.optim. Default: by the number of rows (Plain: 0.001).
    /// </summary>
    public double? LearningRate { get; set; }

    /// <summary>
    /// How the optimizer's rate changes. scikit-learn: learning_rate; PyTorch: torch.optim.lr_scheduler.
    /// Default: CosineAnnealing (Plain: Constant).
    /// </summary>
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>
    /// Rows per step, at least 1; <see cref="TrainingSettings.FullBatch"/> for all. By the number of rows means 16 below 1,000 rows and 64
    /// from there on (Plain: 32): small batches generalize better, and here they cost little more time. scikit-learn: batch_size;
    /// PyTorch: batch_size of DataLoader. Default: by the number of rows.
    /// </summary>
    public int? BatchSize { get; set; }

    /// <summary>
    /// Passes over the rows, at least 1. By the number of rows means 80 below 1,000 rows, 40 from there on, and from 60,000 on as many as
    /// make 2,400,000 rows, but no fewer than 8 (<see cref="NumberOfEpochsFor"/>): a large table has seen as many steps by then. 80 with
    /// <see cref="Lbfgs"/>. scikit-learn: max_iter; PyTorch: the user's loop. Default: by the number of rows (Plain: 100).
    /// </summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>
    /// Whether each epoch takes the rows in a new random order. scikit-learn: shuffle; PyTorch: shuffle of DataLoader. Default: true.
    /// </summary>
    public bool? Shuffle { get; set; }

    /// <summary>
    /// How the first weights are drawn; <see cref="Initializer.Automatic"/> means <see cref="Initializer.DefaultFor"/> the layer's
    /// activation. scikit-learn: none; PyTorch: torch.nn.init. Default: LeCunNormal (Plain: Automatic).
    /// </summary>
    public Initializer? WeightInitializer { get; set; }

    /// <summary>
    /// How the first weights and biases of the output layer are drawn; <see cref="Initializer.Automatic"/> means like those of the other
    /// layers. With <see cref="Initializer.Zero"/> the networks start from zero outputs.
    /// scikit-learn: none; PyTorch: torch.nn.init. Default: Zero (Plain: Automatic).
    /// </summary>
    public Initializer? OutputInitializer { get; set; }

    /// <summary>How the first biases are drawn. PyTorch: torch.nn.init; scikit-learn: none. Default: Normal(1) (Plain: Zero).</summary>
    public Initializer? BiasInitializer { get; set; }

    /// <summary>Whether units have biases. scikit-learn: none; PyTorch: bias of Linear. Default: true.</summary>
    public bool? HasBiases { get; set; }

    /// <summary>
    /// λ of the penalty ½ λ Σ w² in the objective, in [0, ∞). It does not depend on the batch size.
    /// scikit-learn: alpha / rows; PyTorch: weight_decay of SGD and Adam. Default: 0.
    /// </summary>
    public double? L2Regularization { get; set; }

    /// <summary>
    /// λ of the penalty λ Σ |w| in the objective, in [0, ∞). It does not depend on the batch size. scikit-learn, PyTorch: none. Default: 0.
    /// </summary>
    public double? L1Regularization { get; set; }

    /// <summary>
    /// Whether biases are penalized and decay (<see cref="Optimizer.WeightDecay"/>) like weights, as in PyTorch, or not, as in
    /// scikit-learn. Default: false.
    /// </summary>
    public bool? RegularizeBiases { get; set; }

    /// <summary>
    /// The largest Euclidean norm of a step's gradient, all parameters together, in (0, ∞]; a longer one is shortened to it.
    /// scikit-learn: none; PyTorch: clip_grad_norm_. Default: ∞.
    /// </summary>
    public double? MaximumGradientNorm { get; set; }

    /// <summary>
    /// The largest size of a gradient's component, in (0, ∞]; larger ones are cut. scikit-learn: none; PyTorch: clip_grad_value_. Default:
    /// ∞.
    /// </summary>
    public double? MaximumGradientValue { get; set; }

    /// <summary>
    /// The probability with which each output of a hidden layer is set to 0 in training, in [0, 1): one value per hidden layer, or one
    /// for all; empty for none. PyTorch: p of Dropout. scikit-learn: none. Source: Srivastava et al. 2014. Default: [0.1] (Plain: []).
    /// </summary>
    public IReadOnlyList<double>? DropoutRates { get; set; }

    /// <summary>
    /// When to stop before the last epoch; the parameters of the epoch with the lowest validation loss are restored.
    /// <see cref="Mlp.EarlyStopping.None"/> trains all epochs. The validation rows are those given to Fit, or
    /// <see cref="ValidationFraction"/> of the training rows. scikit-learn: early_stopping; PyTorch: none. Default: EarlyStopping {
    /// Patience = 16 } (Plain: none).
    /// </summary>
    public EarlyStopping? EarlyStopping { get; set; }

    /// <summary>
    /// The part of the training rows that a network holds out for <see cref="EarlyStopping"/> when Fit is given no validation rows, in
    /// (0, 1). The rows are drawn by the seed, of each class the same part; several networks hold out different ones, each row at most
    /// once. Not used without early stopping. scikit-learn: validation_fraction; PyTorch: random_split. Default: 0.2 (Plain: 0.1).
    /// </summary>
    public double? ValidationFraction { get; set; }

    /// <summary>
    /// Networks of the model, whose predictions are averaged, from 1 to 1,000. Time, size and scoring time grow with them. With
    /// <see cref="RefitOnAllRows"/>, half of them hold rows out (of an odd number the larger half) and the others are their refits. Where
    /// nothing is held out there are no refits: a number that is set is kept, and the preset's is halved.
    /// scikit-learn: n_estimators of BaggingClassifier; PyTorch: none. Default: 10 (Plain: 1).
    /// </summary>
    public int? NumberOfNetworks { get; set; }

    /// <summary>
    /// Whether networks that hold rows out are joined by others, trained on all rows: fresh ones for as many epochs as the first were best
    /// after, or as <see cref="RefitsContinue"/> says; both count in <see cref="NumberOfNetworks"/>. Without held-out rows there are no
    /// refits: without early stopping, and when Fit is given validation rows. scikit-learn: refit of GridSearchCV, which keeps the second
    /// alone; PyTorch: none. Default: true (Plain: false).
    /// </summary>
    public bool? RefitOnAllRows { get; set; }

    /// <summary>
    /// Whether a refit begins with the parameters of the network that it joins and takes a quarter of its epochs, instead of beginning
    /// afresh. It takes a quarter of the time, but the two networks are more alike, and averaging helps less. Null: from 1,000 rows on,
    /// where the networks that hold rows out differ by their first frequencies, see <see cref="NumericEmbedding.FrequencyDeviation"/>.
    /// scikit-learn: warm_start; PyTorch: none. Default: where networks differ by their frequencies (Plain: false).
    /// </summary>
    public bool? RefitsContinue { get; set; }

    /// <summary>
    /// Whether features are scaled as <see cref="Normalization"/> says, by what they are in the training rows. Null: yes,
    /// unless the feature column says by its annotation IsNormalized that it is normalized. The scaling becomes part of the model. A
    /// training that starts from a model keeps that model's scaling, whatever this says.
    /// scikit-learn: StandardScaler; PyTorch: none. Default: unless they are annotated as normalized.
    /// </summary>
    public bool? NormalizeFeatures { get; set; }

    /// <summary>
    /// How features are scaled. scikit-learn: StandardScaler, RobustScaler, QuantileTransformer; PyTorch: none. Default: Adaptive (Plain:
    /// Standard).
    /// </summary>
    public FeatureNormalization? Normalization { get; set; }

    /// <summary>
    /// Shows numeric features to the network a second time, as learnt periodic functions; <see cref="Mlp.MLNet.NumericEmbedding.None"/>
    /// does not. A training that starts from a model has that model's embedding, whatever this says. scikit-learn, PyTorch: none.
    /// Default: NumericEmbedding (Plain: none).
    /// </summary>
    public NumericEmbedding? NumericEmbedding { get; set; }

    /// <summary>
    /// Determines the first weights and the order of the rows. Null: drawn in each Fit from the random numbers of
    /// the MLContext, which its seed determines. scikit-learn: random_state; PyTorch: manual_seed. Default: drawn in each Fit.
    /// </summary>
    public int? Seed { get; set; }

    /// <summary>
    /// Threads that share the networks and large products, from 1 to 1,024. The result does not depend on it.
    /// scikit-learn: none; PyTorch: set_num_threads. Default: one per processor.
    /// </summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>
    /// Ranges of rows into which a step's batch is divided, a power of two from 1 to 1,024 and at most <see cref="BatchSize"/>, so that
    /// <see cref="Ranks"/> can share them. The result depends on it as on the seed, and not on how many ranks there are. 128 rows a shard
    /// and more cost hardly any more time. Not with <see cref="Lbfgs"/>. scikit-learn: none; PyTorch: the world size of
    /// DistributedDataParallel. Default: 1.
    /// </summary>
    public int? GradientShards { get; set; }

    /// <summary>
    /// The processes that train together, of which this is one: what MpiRanks.Start of the package Mlp.Mpi gives. Each fits the same rows
    /// with the same options, a <see cref="Seed"/> among them, and gets the same model; save it on rank 0. Not with <see cref="Part"/>.
    /// scikit-learn: none; PyTorch: torch.distributed. Default: none.
    /// </summary>
    public Ranks? Ranks { get; set; }

    /// <summary>Called after every epoch; it may call <see cref="EpochResult.StopTraining"/>. What it throws ends the training. Several
    /// networks call it one at a time, each from the thread that trains it. Default: none.</summary>
    public Action<EpochResult>? EpochCallback { get; set; }

    /// <summary>
    /// Ends the training with <see cref="OperationCanceledException"/> before its next step or its next few hundred validation rows. A
    /// <see cref="Checkpoint"/> is saved first. Default: none.
    /// </summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>
    /// Whether a cancelled training returns what it has instead of throwing: of each network with an epoch behind it the best parameters
    /// with <see cref="EarlyStopping"/>, otherwise those of the last step; no refits. Without any such network it throws.
    /// scikit-learn: what Ctrl-C does; PyTorch: none. Default: false.
    /// </summary>
    public bool ReturnBestOnCancellation { get; set; }

    /// <summary>
    /// Where to save the state of the training and to go on from. It needs a <see cref="Seed"/>: the training that goes
    /// on must be the one that was saved. In a cross-validation the first fold has this file and each later one a file whose name ends
    /// with a fingerprint of its rows, unless the pipeline caches the rows. Warnings about files go to the log of the MLContext.
    /// scikit-learn: none; PyTorch: the user's loop. Default: none.
    /// </summary>
    public Checkpoint? Checkpoint { get; set; }

    /// <summary>
    /// Which of several jobs this is, each of which trains some of the networks, on this machine or another; null for all networks. The
    /// jobs have the same data and the same other options, a <see cref="Seed"/> among them. What Fit returns predicts with the networks
    /// of its job alone, and its history numbers them as the whole ensemble does; <c>ml.Model.SaveMlpPart</c> saves it and
    /// <c>ml.Model.JoinMlpParts</c> makes the model of all parts, of the bits that one process gives. scikit-learn: none; PyTorch: none.
    /// Default: none.
    /// </summary>
    public EnsemblePart? Part { get; set; }

    /// <summary>
    /// Where the rows are: in memory where they fit, otherwise on disk; or always one of them. On disk the order of the rows and the choice
    /// of held-out ones are others, so the bits are, too. scikit-learn, PyTorch: none. Default: Auto.
    /// </summary>
    public RowStore? RowStore { get; set; }

    /// <summary>
    /// Rows of the training that the model keeps beside itself, so that <see cref="MlpTrainerBase{TTransformer}.Update"/> can go on from
    /// it, at least 0: a random sample, with their labels, in <see cref="MlpTransformerBase.ReplayMemory"/>. 10,000 serve most tables. 0
    /// keeps no row, and counts and the optimizer's state alone. Null keeps nothing. Not with <see cref="Part"/>. scikit-learn: none;
    /// PyTorch: none. Default: none.
    /// </summary>
    public int? ReplayRowCount { get; set; }

    /// <summary>What a training may need, in bytes; null for what the process can use.</summary>
    internal double? MemoryLimit { get; set; }

    /// <summary>Told whenever a training looks whether it was cancelled: how much work lies between two looks is a promise.</summary>
    internal Action? CancellationCheckCallback { get; set; }

    private protected abstract Loss DefaultLoss { get; }

    /// <summary>The hidden layers of the presets but <see cref="MlpPreset.Plain"/>: [128] below 1,000 rows, [128, 128] from there
    /// on.</summary>
    /// <param name="rowCount">Training rows.</param>
    public static int[] HiddenLayerSizesFor(long rowCount) => [.. RecipeBySize.For(rowCount).HiddenLayerSizes];

    /// <summary>The epochs of the presets but <see cref="MlpPreset.Plain"/>: 80 below 1,000 rows, 40 from there on, and from 60,000 on as
    /// many as make 2,400,000 rows, but no fewer than 8.</summary>
    /// <param name="rowCount">Training rows.</param>
    public static int NumberOfEpochsFor(long rowCount) => RecipeBySize.For(rowCount).NumberOfEpochs;

    /// <summary>Every value in force, one line each: "DropoutRates = [0.1]"; what the data decides in words.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, Values(Resolve()).Select(option => $"{option.Name} = {ResolvedOptions.Describe(option.Name, option.Value)}"));
}
