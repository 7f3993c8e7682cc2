using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.State;
using Mlp.Training.Sharding;

namespace Mlp;

/// <summary>Every hyper-parameter of a training, with its default and range.</summary>
public sealed record TrainingSettings
{
    /// <summary>As <see cref="BatchSize"/>: all rows in every step.</summary>
    public const int FullBatch = int.MaxValue;

    /// <summary>What is minimized. No default: it depends on the task.</summary>
    public required Loss Loss { get; init; }

    /// <summary>
    /// ε, the part of a class label that is spread evenly over all classes in training, in [0, 1). Default: 0. Only for
    /// cross-entropies. scikit-learn: none; PyTorch: label_smoothing of CrossEntropyLoss. Source: Szegedy et al. 2016, section 7.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Mean or sum over the rows of a mini-batch. Default: the mean. scikit-learn: the mean; PyTorch: reduction.</summary>
    public LossReduction LossReduction { get; init; } = LossReduction.Mean;

    /// <summary>The update rule. Default: <see cref="Adam"/> with its defaults. scikit-learn: solver; PyTorch: torch.optim.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>How the optimizer's rate changes. Default: not at all. scikit-learn: learning_rate; PyTorch:
    /// torch.optim.lr_scheduler.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Rows per step, at least 1; <see cref="FullBatch"/> for all. Unless set: 16 below 1,000 rows, else 32: small batches
    /// generalize better, and here they cost little more time. scikit-learn: batch_size; PyTorch: batch_size of DataLoader.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>Passes over the rows, at least 1. Default: 100. scikit-learn: max_iter; PyTorch: the user's loop.</summary>
    public int NumberOfEpochs { get; init; } = 100;

    /// <summary>
    /// The epoch to stop after, from 1 on, with schedules laid out over all <see cref="NumberOfEpochs"/> as if the others were to come;
    /// Default: null, the last one. scikit-learn, PyTorch: none.
    /// </summary>
    public int? StopAfterEpoch { get; init; }

    /// <summary>Whether each epoch takes the rows in a new random order. Default: true. scikit-learn: shuffle; PyTorch: shuffle of
    /// DataLoader.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// λ of the penalty ½ λ Σ w² in the objective, in [0, ∞). Default: 0. It does not depend on the batch size.
    /// scikit-learn: alpha / rows; PyTorch: weight_decay of SGD and Adam.
    /// </summary>
    public double L2Regularization { get; init; }

    /// <summary>
    /// λ of the penalty λ Σ |w| in the objective, in [0, ∞). Default: 0. It does not depend on the batch size. scikit-learn, PyTorch: none.
    /// </summary>
    public double L1Regularization { get; init; }

    /// <summary>
    /// Whether biases are penalized and decay (<see cref="Optimizer.WeightDecay"/>) like weights, as in PyTorch. Default: false, as in
    /// scikit-learn.
    /// </summary>
    public bool RegularizeBiases { get; init; }

    /// <summary>
    /// The largest Euclidean norm of a step's gradient, all parameters together, in (0, ∞]; a longer one is shortened to it.
    /// Default: infinite. scikit-learn: none; PyTorch: clip_grad_norm_.
    /// </summary>
    public double MaximumGradientNorm { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// The largest size of a gradient's component, in (0, ∞]; larger ones are cut. Default: infinite. scikit-learn: none; PyTorch:
    /// clip_grad_value_.
    /// </summary>
    public double MaximumGradientValue { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// The probability with which each output of a hidden layer is set to 0 in training, in [0, 1): one value per hidden layer, or one
    /// for all. Default: none. PyTorch: p of Dropout. scikit-learn: none. Source: Srivastava et al. 2014.
    /// </summary>
    public IReadOnlyList<double> DropoutRates { get; init; } = [];

    /// <summary>
    /// The probability with which a row's category counts as not known in a training step, in [0, 1): so a network learns what to make of
    /// values that it never saw. Default: 0.01. Only rows with categories know it. scikit-learn, PyTorch: none.
    /// </summary>
    internal double CategoryDropoutRate { get; init; } = 0.01;

    /// <summary>When to stop before the last epoch, restoring the best parameters. Default: never, and null then, as for
    /// <see cref="EarlyStopping.None"/>. It needs validation rows. scikit-learn: early_stopping; PyTorch: none.</summary>
    public EarlyStopping? EarlyStopping { get; init => field = value is { IsNone: true } ? null : value; }

    /// <summary>Determines the order of the rows. Default: 0. scikit-learn: random_state; PyTorch: manual_seed.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Threads that share large products, from 1 to 1,024. Default: one per processor. The result does not depend on it. scikit-learn:
    /// none; PyTorch: set_num_threads.
    /// </summary>
    public int NumberOfThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Ranges of rows into which a step's batch is divided, a power of two from 1 to 1,024. Their gradients are computed one by one and
    /// added in a binary tree, so that <see cref="Ranks"/> can share them. The result depends on it as on the seed, and not on how many
    /// ranks there are. From 2 on what is dropped out depends on seed, step and shard alone. At most the rows of a batch; 1 with
    /// <see cref="Lbfgs"/>. Default: 1, the batch as a whole. scikit-learn: none; PyTorch: the world size of DistributedDataParallel.
    /// </summary>
    public int GradientShards { get; init; } = 1;

    /// <summary>
    /// The processes that train together, of which this is one; at most as many as <see cref="GradientShards"/>. Each has the same rows
    /// and settings, and ends with the same network. Callbacks are called on every rank; a rank that is cancelled cancels all after the
    /// same step. Rank 0 alone uses the <see cref="Checkpoint"/>. Default: null, this process alone. scikit-learn: none; PyTorch:
    /// torch.distributed.
    /// </summary>
    public Ranks? Ranks { get; init; }

    /// <summary>Called after every epoch; it may call <see cref="EpochResult.StopTraining"/>. What it throws ends the training. The
    /// networks of an ensemble call it one at a time, each from the thread that trains it.</summary>
    public Action<EpochResult>? EpochCallback { get; init; }

    /// <summary>
    /// Called before every step, before every few hundred validation rows, and whenever rows in their thousands are looked at for another
    /// reason. What it throws ends the training; an <see cref="OperationCanceledException"/> counts as cancellation. The networks of an
    /// ensemble call it at the same time.
    /// </summary>
    public Action? StepCallback { get; init; }

    /// <summary>
    /// Told, in whole sentences, what went wrong without ending the training: a checkpoint that could not be written, or a damaged one that
    /// was passed over. What it throws ends the training. The networks of an ensemble call it one at a time.
    /// </summary>
    public Action<string>? WarningCallback { get; init; }

    /// <summary>
    /// Ends the training with <see cref="OperationCanceledException"/> before its next step or its next few hundred validation rows. A
    /// <see cref="Checkpoint"/> is saved first.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Whether a cancelled training returns what it has instead of throwing. Default: false. The parameters are the best ones with
    /// <see cref="EarlyStopping"/>, once an epoch is done, and otherwise those of the last step. An ensemble gives those of its networks
    /// that have an epoch behind them, without refits; when there are none it throws. scikit-learn: what Ctrl-C does; PyTorch: none.
    /// </summary>
    public bool ReturnBestOnCancellation { get; init; }

    /// <summary>
    /// Where to save the state of the training and to go on from. Default: nowhere. The trainings of an ensemble have a file each:
    /// <see cref="Checkpoint.Path"/> with ".0", ".1" and so on at its end. scikit-learn: none; PyTorch: the user's loop.
    /// </summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>
    /// What the features are called, in their order. Default: null. A checkpoint of a training with other names is refused. scikit-learn:
    /// feature_names_in_; PyTorch: none.
    /// </summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>
    /// What the outputs are called: classes, labels or targets in their order. Default: null. A checkpoint of a training with other names
    /// is refused. scikit-learn: classes_; PyTorch: none.
    /// </summary>
    public IReadOnlyList<string>? OutputNames { get; init; }

    /// <summary>Null for this process alone.</summary>
    internal Ranks? ManyRanks => Ranks is { Count: > 1 } ? Ranks : null;

    /// <summary>With several ranks, how they stop together.</summary>
    internal RankAgreement? Agreement { get; private init; }

    /// <summary>What the optimizer knew when an earlier training ended; null for nothing.</summary>
    internal OptimizerMoments? Moments { get; init; }

    /// <summary>Whether the result is to have what the optimizer knows in the end.</summary>
    internal bool KeepsMoments { get; init; }

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Loss);
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Schedule);
        Optimizer.Validate();
        Schedule.Validate();
        EarlyStopping?.Validate();
        Checkpoint?.Validate();
        if (Optimizer is Lbfgs)
            ValidateForLbfgs();
        RangeCheck.Require(Enum.IsDefined(LossReduction), LossReduction, "Mean or Sum");
        RangeCheck.Fraction(LabelSmoothing);
        RangeCheck.Require(
            LabelSmoothing == 0 || Loss.HasClassTargets, LabelSmoothing, $"0 with the loss {Loss}, whose targets are no classes");
        RangeCheck.Require(BatchSize is null or >= 1, BatchSize, "at least 1; for all rows use TrainingSettings.FullBatch");
        RangeCheck.AtLeast(1, NumberOfEpochs);
        RangeCheck.Require(StopAfterEpoch is null or >= 1, StopAfterEpoch, "at least 1, or null for the last epoch");
        RangeCheck.NotNegative(L2Regularization);
        RangeCheck.NotNegative(L1Regularization);
        RangeCheck.Require(CategoryDropoutRate is >= 0 and < 1, CategoryDropoutRate, "in [0, 1)");
        for (int index = 0; index < DropoutRates.Count; index++)
            RangeCheck.Require(DropoutRates[index] is >= 0 and < 1, DropoutRates[index], "in [0, 1)", $"{nameof(DropoutRates)}[{index}]");
        RangeCheck.Require(MaximumGradientNorm > 0, MaximumGradientNorm, "positive");
        RangeCheck.Require(MaximumGradientValue > 0, MaximumGradientValue, "positive");
        RangeCheck.Require(NumberOfThreads is >= 1 and <= 1024, NumberOfThreads, "from 1 to 1,024");
        RangeCheck.Require(
            GradientShards is >= 1 and <= 1024 && BitOperations.IsPow2(GradientShards), GradientShards, "a power of two from 1 to 1,024");
        RangeCheck.Require(
            Ranks is null || Ranks.Count <= GradientShards, GradientShards,
            $"at least the {Ranks?.Count} ranks of this training, each of which computes a shard at least. The number of shards shows in "
                + "the bits; the number of ranks does not, so rather start fewer");
    }

    /// <summary>The settings of a training on several ranks: they are cancelled together, and rank 0 alone has files. Null for one
    /// process.</summary>
    internal static RankAgreement? Agree(ref TrainingSettings settings)
    {
        if (settings.ManyRanks is not { } ranks || settings.Agreement is not null)
            return null;
        var agreement = new RankAgreement(ranks, settings.CancellationToken, settings.StepCallback);
        settings = settings with
        {
            Agreement = agreement,
            CancellationToken = agreement.Token,
            StepCallback = agreement.BeforeStep,
            Checkpoint = ranks.Rank == 0 ? settings.Checkpoint : null,
        };
        return agreement;
    }

    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    internal void CheckCancellation() => CancellationToken.ThrowIfCancellationRequested();

    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    internal void BeforeStep()
    {
        CheckCancellation();
        StepCallback?.Invoke();
    }

    /// <exception cref="ArgumentException">There are neither no, one, nor as many rates as hidden layers.</exception>
    internal void CheckDropoutRates(int hiddenLayerCount)
    {
        if (DropoutRates.Count > 1 && DropoutRates.Count != hiddenLayerCount)
        {
            throw new ArgumentException(
                $"DropoutRates has {DropoutRates.Count} values for {hiddenLayerCount} hidden layers. Give one per hidden layer, or "
                    + "one for all.", nameof(DropoutRates));
        }
    }

    /// <summary>Null when nothing is dropped.</summary>
    internal Dropout<T>? CreateDropout<T>(int hiddenLayerCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (DropoutRates.All(rate => rate == 0))
            return null;
        // Another stream than the one that shuffles.
        return new Dropout<T>(
            DropoutRates.Count == 1 ? [.. Enumerable.Repeat(DropoutRates[0], hiddenLayerCount)] : DropoutRates, new RandomSource(~Seed));
    }

    /// <exception cref="ArgumentException">A batch has fewer rows than there are shards.</exception>
    internal void CheckShards(long rowCount)
    {
        if (GradientShards > BatchSizeFor(rowCount))
        {
            throw new ArgumentException(
                $"GradientShards is {GradientShards}, but a batch has {BatchSizeFor(rowCount)} rows. Set "
                    + "BatchSize to at least as many rows "
                    + "as there are shards, better 128 for each of them, or GradientShards to fewer.", nameof(GradientShards));
        }
    }

    internal LabelSmoothing SmoothingFor(int targetCount) =>
        LabelSmoothing == 0 ? default : new(LabelSmoothing, Loss.IsSoftmax ? targetCount : 2);

    internal int BatchSizeFor(long rowCount) =>
        (int)Math.Min(rowCount, BatchSize ?? (rowCount < 1000 ? 16 : 32));

    private void ValidateForLbfgs()
    {
        const string Why = "L-BFGS takes all rows in every step and searches its own step length";
        RangeCheck.Require(GradientShards == 1, GradientShards, "1: L-BFGS takes all rows in every step, on one machine");
        RangeCheck.Require(BatchSize is null or FullBatch, BatchSize, $"left out or TrainingSettings.FullBatch: {Why}");
        RangeCheck.Require(Schedule == LearningRateSchedule.Constant, Schedule, $"left out: {Why}");
        RangeCheck.Require(DropoutRates.All(rate => rate == 0), DropoutRates.Count, "empty: L-BFGS needs the same objective in every step",
            nameof(DropoutRates));
        RangeCheck.Require(L1Regularization == 0, L1Regularization, "0: L-BFGS needs a smooth objective. Use L2Regularization");
        RangeCheck.Require(double.IsInfinity(MaximumGradientNorm), MaximumGradientNorm, $"left out: {Why}");
        RangeCheck.Require(double.IsInfinity(MaximumGradientValue), MaximumGradientValue, $"left out: {Why}");
    }
}
