using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Mlp.MLNet.Options;
using Mlp.Training.Checkpoints;

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
    private readonly Lock _lock = new();
    // The rows of the first Fit with a checkpoint.
    private string? _checkpointRows;

    private protected MlpTrainerBase(IHostEnvironment environment, MlpOptions options)
    {
        Settings = options.Copy();
        Resolved = Settings.Validate();
        OutputLayer = Settings.OutputLayerOf(Resolved);
        Host = environment.Register(GetType().Name);
        // All rows are copied in one pass, so a cached view is of no use; features are scaled here unless the user forbids it.
        Info = MLNetInternals.CreateTrainerInfo(needsNormalization: Resolved.NormalizeFeatures == false, wantsCaching: false);
    }

    /// <inheritdoc/>
    public TrainerInfo Info { get; }

    private protected IHost Host { get; }

    /// <summary>What the user set.</summary>
    private protected MlpOptions Settings { get; }

    /// <summary>The options in force, decided when the trainer is created.</summary>
    private protected ResolvedOptions Resolved { get; }

    private protected OutputLayer OutputLayer { get; }

    /// <summary>Trains a network on all rows.</summary>
    /// <param name="input">Has the label, feature and weight columns that the options name. It is read once, in the order of its rows;
    /// messages count rows from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or the annotations of the validation data contradict
    /// those of the training data: other slot names, key values in another order.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or some have values that nothing can be learnt from: NaN or
    /// infinite features, labels that name no class, negative weights (a row of weight 0 is as if absent, whatever it holds); or rows and
    /// network do not fit in memory; or <see cref="MlpOptions.Checkpoint"/> is that of another training, or in use by one.</exception>
    /// <exception cref="ArgumentException"><see cref="MlpOptions.Checkpoint"/> cannot be written.</exception>
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
    /// sizes. Or its features or classes had other names or another order; the message names the first that differs.</exception>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public TTransformer Fit(IDataView trainData, IDataView? validationData, MlpModelParameters? start)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        TrainingColumns columns = SchemaChecks.FindTrainingColumns(trainData.Schema, Settings, CheckLabel);
        TrainingColumns? validationColumns = validationData is null
            ? null : SchemaChecks.FindValidationColumns(validationData.Schema, columns, Settings, CheckLabel, NamesOf);
        if (start is not null)
        {
            int networkCount = Resolved.NetworkCountFor(trainData.GetRowCount() ?? long.MaxValue, hasValidation: validationData is not null);
            WarmStart.Check(start, columns, ToLayers(rowCount: 0), OutputLayer, networkCount);
            WarmStart.CheckNames(start, columns, NamesOf(columns.Label));
        }

        double[]? weightsOfClasses = GivenWeightsOfClasses(columns);
        using ClaimedCheckpoint? claimed = Resolved.Checkpoint?.Claim();
        var memory = new MemoryChecks(columns, Resolved, hasValidation: validationData is not null, ToLayers, Settings.MemoryLimit);
        memory.CheckBeforeReading(trainData, validationData);
        using IChannel channel = Host.Start("Training");
        Log(channel, $"Options in force: {string.Join("; ", Settings.ToString().Split(Environment.NewLine))}.");
        WarnOfNormalization(channel, columns, validationColumns, start);
        TrainingRows rows = FeatureReader.Read(
            trainData, columns, CreateLabelReader, CheckCancellation, weightsOfClasses: weightsOfClasses,
            checkRows: count => memory.CheckWhileReading(count, validationRowCount: 0));
        CheckTargets(rows, columns);
        TrainingRows? validation = validationColumns is null
            ? null : FeatureReader.Read(
                validationData!, validationColumns, CreateLabelReader, CheckCancellation, purpose: "validation", weightsOfClasses: weightsOfClasses,
                checkRows: count => memory.CheckWhileReading(rows.RowCount, count));
        if (rows.LeftOut.Count > 0)
            Log(channel, $"{rows.LeftOut.Count:N0} rows of weight 0 are left out; {rows.RowCount:N0} are there to train on.");
        int seed = Resolved.Seed ?? DrawSeed();
        Checkpoint? checkpoint = CheckpointFor(claimed?.Checkpoint, trainData, rows, validation);

        CheckCancellation();
        (rows, validation) = WeightClasses(rows, validation, columns);
        PeriodicEmbeddingDescription? embedding = start is null ? CreateEmbedding(rows, columns, channel) : WarmStart.EmbeddingOf(start.Model.Network);
        DenseLayerDescription[] layers = ToLayers(rows.RowCount);
        Layer[] stages = embedding is null ? layers : [embedding, .. layers];
        memory.CheckAfterReading(rows.RowCount, validation?.RowCount ?? 0, stages);
        FeatureScaling<float>? scaling = start is null ? CreateScaling(rows, columns, channel) : start.FeatureScaling;
        CheckCancellation();
        TargetRange<float>? range = CreateRange(rows);
        TargetScaling<float>? targetScaling = CreateTargetScaling(rows);
        rows.Scale(scaling, targetScaling, CheckCancellation);
        validation?.Scale(scaling, targetScaling, CheckCancellation);

        int networks = Resolved.NetworkCountFor(rows.RowCount, validation is not null);
        Log(channel, $"Training {networks} x ({Describe(stages)}) on {rows.RowCount:N0} rows with seed {seed}.");
        EnsembleResult<float> result = EnsembleTraining.Fit(
            CreateNetwork,
            ToRowSource(rows, columns),
            validation is null ? null : ToRowSource(validation, columns),
            CountClasses(columns) > 0 ? rows.ClassIndices() : [],
            CreateSettings(channel, seed, columns) with { Checkpoint = checkpoint },
            Resolved.ToEnsembleSettings(rows.RowCount, hasValidation: validation is not null),
            targetScaling);
        if (result.WasCanceled)
            Log(channel, $"The training was cancelled after {result.History.Count:N0} epochs of its networks together; those with one behind them are the model.");
        foreach (Network<float> network in result.Networks)
            targetScaling?.FoldInto(network);
        Log(channel, $"Epochs of the networks: {string.Join(", ", result.BestEpochs)}; temperature {result.Temperature:G4}.");
        var model = new Model<float>([.. result.Networks.Select(network => Store(network, layers))], scaling, OutputLayer.Link, result.History)
        {
            Temperature = result.Temperature,
            Range = range,
        };
        return CreateTransformer(new MlpModelParameters(model), columns);

        DenseLayerDescription[] ToLayers(long rowCount) => Resolved.ToLayers(
            start is not null && Settings.HiddenLayerSizes is null ? WarmStart.HiddenLayerSizesOf(start) : Resolved.HiddenLayerSizesFor(rowCount),
            CountOutputs(columns), OutputLayer.Trained);

        Network<float> CreateNetwork(int index, int networkSeed)
        {
            var network = Network<float>.Create(columns.FeatureCount, stages, networkSeed);
            if (start is not null)
                WarmStart.Copy(start, index, network, targetScaling);
            return network;
        }
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

    /// <summary>Throws unless the task can learn from this label.</summary>
    private protected virtual void CheckLabel(DataViewSchema.Column label) => CheckLabel(ColumnDescription.Of(label));

    /// <summary>What stands behind the outputs; null when the label does not say.</summary>
    private protected virtual LabelValues? NamesOf(DataViewSchema.Column label) => LabelValues.Of(label);

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

    /// <summary>What scores must not leave; null for no bounds.</summary>
    private protected virtual TargetRange<float>? CreateRange(TrainingRows rows) => null;

    private protected virtual IRowSource<float> ToRowSource(TrainingRows rows, TrainingColumns columns) => rows.ToRowSource();

    private protected abstract TTransformer CreateTransformer(MlpModelParameters model, TrainingColumns columns);

    private static void Log(IChannel channel, FormattableString message) =>
        channel.Info(MessageSensitivity.None, message.ToString(CultureInfo.InvariantCulture));

    private static string Describe(EpochResult report)
    {
        string validation = report.ValidationLoss is double loss
            ? FormattableString.Invariant($", validation loss {loss:G6}, metric {report.ValidationMetric:G4}") : "";
        return FormattableString.Invariant(
            $"Network {report.NetworkIndex + 1}, epoch {report.Epoch} of {report.NumberOfEpochs}: loss {report.Loss:G6}{validation}, {report.Seconds:F1} s.");
    }

    private static string Describe(Layer[] stages) => string.Join(" - ", stages.Select(stage => stage switch
    {
        PeriodicEmbeddingDescription embedding => $"an embedding of {embedding.Columns.Count} features",
        DenseLayerDescription layer => $"{layer.Units} {layer.Activation}",
        _ => throw new ArgumentOutOfRangeException(nameof(stages), "There is no such layer."),
    }));

    /// <summary>The annotation may have been lost on the way, so this is no reason to refuse the data.</summary>
    private static void WarnOfNormalization(IChannel channel, TrainingColumns columns, TrainingColumns? validation, MlpModelParameters? start)
    {
        const string Here = "the training data";
        var features = FeatureAnnotations.Of(columns.Features);
        string name = columns.Features.Name;
        if (validation is not null && FeatureAnnotations.Of(validation.Features).NormalizationDoubt(features, name, "the validation data", Here) is string doubt)
            channel.Warning(MessageSensitivity.Schema, $"{doubt} Transform both with the same fitted transformers.");
        if (start?.Features is not null && features.NormalizationDoubt(start.Features, name, Here, "the training of the model to start from") is string other)
            channel.Warning(MessageSensitivity.Schema, $"{other} The scaling of that model is kept. Transform the data with the transformers that were fitted for it.");
    }

    private TrainingSettings CreateSettings(IChannel channel, int seed, TrainingColumns columns) => Resolved.ToTrainingSettings(seed) with
    {
        FeatureNames = FeatureAnnotations.Of(columns.Features).SlotNames,
        OutputNames = NamesOf(columns.Label)?.ToTexts(),
        CancellationToken = Settings.CancellationToken,
        StepCallback = CheckCancellation,
        WarningCallback = warning => channel.Warning(MessageSensitivity.UserData, warning),
        EpochCallback = report =>
        {
            Log(channel, $"{Describe(report)}");
            Settings.EpochCallback?.Invoke(report);
        },
    };

    /// <summary>Known before any row is read; null where there are none, or the rows decide.</summary>
    /// <exception cref="ArgumentException">They are not as many as the classes.</exception>
    private double[]? GivenWeightsOfClasses(TrainingColumns columns) =>
        Resolved.ClassWeights is not { } given || given == ClassWeights.Balanced ? null : given.For<float>([], CountClasses(columns), []);

    private (TrainingRows Rows, TrainingRows? Validation) WeightClasses(
        TrainingRows rows, TrainingRows? validation, TrainingColumns columns)
    {
        if (Resolved.ClassWeights is not { } classWeights)
            return (rows, validation);
        double[] weights = rows.WeightsOfClasses(classWeights, CountClasses(columns));
        return (rows.Weight(weights), validation?.Weight(weights));
    }

    private FeatureScaling<float>? CreateScaling(TrainingRows rows, TrainingColumns columns, IChannel channel)
    {
        if (!(Resolved.NormalizeFeatures ?? !columns.Features.IsNormalized()))
        {
            string reason = Resolved.NormalizeFeatures == false ? "NormalizeFeatures is false" : "the column is normalized";
            Log(channel, $"Feature column '{columns.Features.Name}' is taken as it is: {reason}.");
            return null;
        }
        if (Resolved.Normalization == FeatureNormalization.Robust)
        {
            Log(channel, $"Feature column '{columns.Features.Name}' is centred on its medians, scaled by its quartiles and clipped smoothly.");
            return FeatureScaling<float>.Robust(rows.Features, exampleWeights: rows.ExampleWeights, checkCancellation: CheckCancellation);
        }
        Log(channel, $"Feature column '{columns.Features.Name}' is scaled to mean 0 and standard deviation 1.");
        return FeatureScaling<float>.Standardize(rows.Features, rows.ExampleWeights, CheckCancellation);
    }

    private PeriodicEmbeddingDescription? CreateEmbedding(TrainingRows rows, TrainingColumns columns, IChannel channel)
    {
        PeriodicEmbeddingDescription? embedding = Resolved.NumericEmbedding.For(rows.Features, CheckCancellation);
        if (embedding is not null)
            Log(channel, $"{embedding.Columns.Count} of {columns.FeatureCount} features are numeric and get a periodic embedding.");
        return embedding;
    }

    /// <summary>The network as the model has it: without an output activation that the link has taken over.</summary>
    private Network<float> Store(Network<float> trained, DenseLayerDescription[] layers)
    {
        OutputLayer output = OutputLayer;
        if (output.Stored == output.Trained)
            return trained;
        // Nothing is drawn for the layers: an initializer of large numbers could fail here though it did not fail at the start.
        DenseLayerDescription[] stages = [.. layers[..^1].Append(layers[^1] with { Activation = output.Stored })
            .Select(layer => layer with { WeightInitializer = Initializer.Zero, BiasInitializer = Initializer.Zero })];
        Layer? embedding = WarmStart.EmbeddingOf(trained);
        var stored = Network<float>.Create(trained.InputCount, embedding is null ? [.. stages] : [embedding, .. stages]);
        trained.Parameters.Values.CopyTo(stored.Parameters.Values);
        return stored;
    }

    /// <summary>The random numbers of a host are not for several threads at once.</summary>
    private int DrawSeed()
    {
        lock (_lock)
            return Host.Rand.Next();
    }

    /// <summary>
    /// That of the options; but a trainer that is fitted again on another part of the same data, as for each fold of a cross-validation,
    /// has a file of its own for each part, whose name ends with a fingerprint of the rows.
    /// </summary>
    private Checkpoint? CheckpointFor(Checkpoint? checkpoint, IDataView data, TrainingRows rows, TrainingRows? validation)
    {
        if (checkpoint is null || !CrossValidation.IsPart(data))
            return checkpoint;
        string fingerprint = rows.Fingerprint(validation);
        lock (_lock)
            _checkpointRows ??= fingerprint;
        return _checkpointRows == fingerprint ? checkpoint : checkpoint with { Path = $"{checkpoint.Path}.{fingerprint}" };
    }

    private void CheckCancellation()
    {
        Settings.CancellationCheckCallback?.Invoke();
        Settings.CancellationToken.ThrowIfCancellationRequested();
        MLNetInternals.CheckAlive(Host);
    }
}
