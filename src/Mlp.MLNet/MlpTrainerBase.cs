using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Mlp.MLNet;

/// <summary>What the trainers of all tasks share: they check the schema, read the rows, train and wrap the model.</summary>
/// <remarks>
/// A trainer can be fitted again and from several threads. The same rows, options and seed give the same bits, whatever
/// the number of threads.
/// </remarks>
/// <typeparam name="TTransformer">What a fitted trainer becomes.</typeparam>
public abstract class MlpTrainerBase<TTransformer> : ITrainerEstimator<TTransformer, MlpModelParameters>
    where TTransformer : MlpTransformerBase
{
    private readonly Lock _randomLock = new();

    private protected MlpTrainerBase(IHostEnvironment environment, MlpOptions options)
    {
        options.Validate();
        Settings = options.Copy();
        Host = environment.Register(GetType().Name);
        // All rows are copied in one pass, so a cached view is of no use; features are scaled here unless the user forbids it.
        Info = MLNetInternals.CreateTrainerInfo(needsNormalization: Settings.NormalizeFeatures == false, wantsCaching: false);
    }

    /// <inheritdoc/>
    public TrainerInfo Info { get; }

    private protected IHost Host { get; }

    private protected MlpOptions Settings { get; }

    /// <summary>Trains a network on all rows.</summary>
    /// <param name="input">Has the label, feature and weight columns that the options name. It is read once, in the order of its rows;
    /// messages count rows from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or some have values that nothing can be learnt from: NaN or
    /// infinite features, labels that name no class, negative weights; or rows and network do not fit in memory; or
    /// <see cref="MlpOptions.Checkpoint"/> is that of another training.</exception>
    /// <exception cref="ModelFileException">There are checkpoints, but none is intact.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The context or <see cref="MlpOptions.CancellationToken"/> was cancelled.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Fit(input, validationData: null, start: null);
    }

    /// <summary>Trains a network on all rows, and looks after every epoch at rows that it does not train on.</summary>
    /// <param name="trainData">As the input of <see cref="Fit(IDataView)"/>.</param>
    /// <param name="validationData">Has the same columns. Its loss and metric are reported, and
    /// <see cref="MlpOptions.EarlyStopping"/> looks at its loss. Null for none.</param>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public TTransformer Fit(IDataView trainData, IDataView? validationData) => Fit(trainData, validationData, start: null);

    /// <summary>Trains on from a network that was trained before.</summary>
    /// <param name="trainData">As the input of <see cref="Fit(IDataView)"/>.</param>
    /// <param name="validationData">As in <see cref="Fit(IDataView, IDataView)"/>; null for none.</param>
    /// <param name="start">Gives the first parameters, and the scaling of the features; it is not changed. Its layers must be those that
    /// the options and the columns ask for. Null: as without it. scikit-learn: warm_start.</param>
    /// <exception cref="ArgumentException">The start's layers are not those of this training; the message names the layer and both
    /// sizes.</exception>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public TTransformer Fit(IDataView trainData, IDataView? validationData, MlpModelParameters? start)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        TrainingColumns columns = SchemaChecks.FindTrainingColumns(trainData.Schema, Settings, CheckLabel);
        TrainingColumns? validationColumns = validationData is null
            ? null : SchemaChecks.FindValidationColumns(validationData.Schema, columns, Settings, CheckLabel);
        Layer[] layers = Settings.ToLayers(CountOutputs(columns), Settings.OutputLayer.Trained);
        if (start is not null)
            WarmStart.Check(start, columns, layers, Settings.OutputLayer);

        MemoryChecks.CheckBeforeReading(trainData, validationData, columns, layers, Settings);
        using IChannel channel = Host.Start("Training");
        TrainingRows rows = FeatureReader.Read(trainData, columns, CreateLabelReader, CheckCancellation);
        CheckTargets(rows, columns);
        TrainingRows? validation = validationColumns is null
            ? null : FeatureReader.Read(validationData!, validationColumns, CreateLabelReader, CheckCancellation, purpose: "validation");
        int seed = Settings.Seed ?? DrawSeed();
        if (validation is null && Settings.EarlyStopping is not null)
            (rows, validation) = HoldOut(rows, columns, seed, channel);

        (rows, validation) = WeightClasses(rows, validation, columns);
        CheckWeights(rows, "training");
        if (validation is not null)
            CheckWeights(validation, "validation");
        MemoryChecks.Check(rows.RowCount, validation?.RowCount ?? 0, columns, layers, Settings);
        FeatureScaling<float>? scaling = start is null ? CreateScaling(rows, columns, channel) : start.FeatureScaling;
        TargetScaling<float>? targetScaling = CreateTargetScaling(rows);
        rows.Scale(scaling, targetScaling);
        // Rows that were held out are among the same rows.
        if (validation is not null && validation.Features != rows.Features)
            validation.Scale(scaling, targetScaling);

        var network = Network<float>.Create(columns.FeatureCount, layers, seed);
        if (start is not null)
            WarmStart.Copy(start, network, targetScaling);
        Log(channel, $"Training {network.Parameters.Length:N0} parameters on {rows.RowCount:N0} rows with seed {seed}.");
        TrainingResult result = Training.Fit(
            network,
            ToRowSource(rows, columns),
            validation is null ? null : ToRowSource(validation, columns),
            CreateSettings(channel, seed),
            targetScaling);
        if (result.WasCanceled)
            Log(channel, $"The training was cancelled after {result.History.Count} of {Settings.NumberOfEpochs} epochs; the model is that of epoch {result.BestEpoch}.");
        targetScaling?.FoldInto(network);
        var model = new Model<float>(Store(network), scaling, Settings.OutputLayer.Link, result.History);
        return CreateTransformer(new MlpModelParameters(model), columns);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaChecks.CheckTrainingColumns(inputSchema, Settings, CheckLabel);
        SchemaShape.Column label = inputSchema.First(column => column.Name == Settings.LabelColumnName);
        // An output column takes the place of an input column of the same name.
        var columns = new OrderedDictionary<string, SchemaShape.Column>();
        foreach (SchemaShape.Column column in inputSchema.Concat(GetOutputColumnShapes(label)))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private protected abstract IEnumerable<SchemaShape.Column> GetOutputColumnShapes(SchemaShape.Column label);

    /// <summary>Throws unless the task can learn from a label of this type.</summary>
    private protected abstract void CheckLabel(ColumnDescription label);

    private protected abstract LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label);

    /// <summary>Units of the output layer.</summary>
    private protected abstract int CountOutputs(TrainingColumns columns);

    /// <summary>Classes that exclude each other, whose indices are the targets; 0 when targets are something else.</summary>
    private protected virtual int CountClasses(TrainingColumns columns) => 0;

    /// <summary>Throws when the labels of all rows together allow no training.</summary>
    private protected virtual void CheckTargets(TrainingRows rows, TrainingColumns columns)
    {
    }

    private protected virtual TargetScaling<float>? CreateTargetScaling(TrainingRows rows) => null;

    private protected virtual IRowSource<float> ToRowSource(TrainingRows rows, TrainingColumns columns) => rows.ToRowSource();

    private protected abstract TTransformer CreateTransformer(MlpModelParameters model, TrainingColumns columns);

    private static void Log(IChannel channel, FormattableString message) =>
        channel.Info(MessageSensitivity.None, message.ToString(CultureInfo.InvariantCulture));

    private static string Describe(EpochReport report)
    {
        string validation = report.ValidationLoss is double loss
            ? FormattableString.Invariant($", validation loss {loss:G6}, metric {report.ValidationMetric:G4}") : "";
        return FormattableString.Invariant(
            $"Epoch {report.Epoch} of {report.NumberOfEpochs}: loss {report.Loss:G6}{validation}, {report.Seconds:F1} s.");
    }

    private TrainingSettings CreateSettings(IChannel channel, int seed) => Settings.ToTrainingSettings(Settings.Loss, seed) with
    {
        StepCallback = CheckCancellation,
        WarningCallback = warning => channel.Warning(MessageSensitivity.UserData, warning),
        EpochCallback = report =>
        {
            Log(channel, $"{Describe(report)}");
            Settings.EpochCallback?.Invoke(report);
        },
    };

    /// <summary>The part of the rows that early stopping looks at when it is given none.</summary>
    private (TrainingRows Rows, TrainingRows Validation) HoldOut(TrainingRows rows, TrainingColumns columns, int seed, IChannel channel)
    {
        if (rows.RowCount < 2)
        {
            throw new InvalidOperationException(
                "The training data has 1 row; EarlyStopping needs at least 2 to hold some out. Give Fit validation data, or leave EarlyStopping out.");
        }
        RowSplit split = CountClasses(columns) > 0
            ? RowSplit.HoldOutStratified(rows.ClassIndices(), Settings.ValidationFraction, seed)
            : RowSplit.HoldOut(rows.RowCount, Settings.ValidationFraction, seed);
        Log(channel, $"Held out {split.Validation.Length:N0} of {rows.RowCount:N0} rows for early stopping.");
        return (rows.Select(split.Training), rows.Select(split.Validation));
    }

    private (TrainingRows Rows, TrainingRows? Validation) WeightClasses(
        TrainingRows rows, TrainingRows? validation, TrainingColumns columns)
    {
        if (Settings.WeightsOfClasses is not ClassWeights classWeights)
            return (rows, validation);
        double[] weights = rows.WeightsOfClasses(classWeights, CountClasses(columns));
        return (rows.Weight(weights), validation?.Weight(weights));
    }

    /// <summary>Rows that were held out, and rows with class weights, can all weigh 0 where the rows read did not.</summary>
    private static void CheckWeights(TrainingRows rows, string purpose)
    {
        if (rows.AllWeighNothing)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"All {rows.RowCount:N0} {purpose} rows weigh 0, by their example weights or those of their classes; at least one row needs a positive weight. Correct the weights, or give Fit validation data of its own."));
        }
    }

    private FeatureScaling<float>? CreateScaling(TrainingRows rows, TrainingColumns columns, IChannel channel)
    {
        if (!(Settings.NormalizeFeatures ?? !columns.Features.IsNormalized()))
        {
            string reason = Settings.NormalizeFeatures == false ? "NormalizeFeatures is false" : "the column is normalized";
            Log(channel, $"Feature column '{columns.Features.Name}' is taken as it is: {reason}.");
            return null;
        }
        Log(channel, $"Feature column '{columns.Features.Name}' is scaled to mean 0 and standard deviation 1.");
        return FeatureScaling<float>.Standardize(rows.Features, rows.RowIndices);
    }

    /// <summary>The network as the model has it: without an output activation that the link has taken over.</summary>
    private Network<float> Store(Network<float> trained)
    {
        OutputLayer output = Settings.OutputLayer;
        if (output.Stored == output.Trained)
            return trained;
        // Nothing is drawn: an initializer of large numbers could fail here though it did not fail at the start.
        IEnumerable<DenseLayerDescription> layers = Settings.ToLayers(trained.OutputCount, output.Stored).Cast<DenseLayerDescription>();
        var stored = Network<float>.Create(
            trained.InputCount, [.. layers.Select(layer => layer with { WeightInitializer = Initializer.Zero, BiasInitializer = Initializer.Zero })]);
        trained.Parameters.Values.CopyTo(stored.Parameters.Values);
        return stored;
    }

    /// <summary>The random numbers of a host are not for several threads at once.</summary>
    private int DrawSeed()
    {
        lock (_randomLock)
            return Host.Rand.Next();
    }

    private void CheckCancellation()
    {
        Settings.CancellationToken.ThrowIfCancellationRequested();
        MLNetInternals.CheckAlive(Host);
    }
}
