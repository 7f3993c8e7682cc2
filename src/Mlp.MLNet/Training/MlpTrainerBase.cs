using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks;
using Mlp.MLNet.Training;
using Mlp.Training.Checkpoints;

namespace Mlp.MLNet;

/// <summary>What the trainers of all tasks share: they check the schema, read the rows, train and wrap the model.</summary>
/// <remarks>
/// A trainer can be fitted again and from several threads. The same rows, options and seed give the same bits, whatever
/// the number of threads.
/// </remarks>
/// <typeparam name="TTransformer">What a fitted trainer becomes.</typeparam>
public abstract partial class MlpTrainerBase<TTransformer> : ITrainerEstimator<TTransformer, MlpModelParameters>
    where TTransformer : MlpTransformerBase
{
    private readonly Lock _lock = new();
    // The rows of the first Fit with a checkpoint.
    private string? _checkpointRows;

    private readonly TaskDefinition _task;

    // What the user set, and the values in force: decided once, when the trainer is created.
    private readonly MlpOptions _settings;
    private readonly ResolvedOptions _options;
    private readonly OutputFunctions _outputFunctions;

    private protected MlpTrainerBase(IHostEnvironment environment, MlpOptions options, TaskDefinition task)
    {
        _task = task;
        _settings = options.Copy();
        _options = _settings.Validate();
        _outputFunctions = _settings.OutputFunctionsOf(_options);
        Host = environment.Register(GetType().Name);
        // All rows are copied in one pass, so a cached view is of no use; features are scaled here unless the user forbids it.
        Info = MLNetInternals.CreateTrainerInfo(needsNormalization: _options.NormalizeFeatures == false, wantsCaching: false);
    }

    /// <inheritdoc/>
    public TrainerInfo Info { get; }

    /// <summary>The key columns that it learns from beside the features.</summary>
    internal IReadOnlyList<string> KeyColumnNames => _options.CategoricalColumnNames;

    internal string LabelColumnName => _options.LabelColumnName;

    private protected IHost Host { get; }

    /// <summary>Trains a network on all rows.</summary>
    /// <param name="input">Has the label, feature, weight and categorical columns that the options name. It is read once, in the order of
    /// its rows; messages count rows from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or the annotations of the validation data
    /// contradict those of the training data: other slot names, key values in another order.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or some cannot be learnt from: NaN or
    /// infinite features, labels that name no class, negative weights (a row of weight 0 is as if absent, whatever it holds); or rows and
    /// network do not fit in memory (<see cref="NotEnoughMemoryException"/>); or <see cref="MlpOptions.Checkpoint"/> is that of another
    /// training, or in use by one.</exception>
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
    /// sizes. Or its features, categories or classes had other names or another order; the message names the first that differs. Further
    /// values at the end of a categorical column's key are none: they are learnt as new ones.</exception>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public TTransformer Fit(IDataView trainData, IDataView? validationData, MlpModelParameters? start)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        try
        {
            return FitOnRank(trainData, validationData, start);
        }
        catch (Exception exception) when (TellOthers(exception))
        {
            throw;
        }

        // The other ranks of a training must not wait for this one. Always false.
        bool TellOthers(Exception exception)
        {
            _options.Ranks?.Fail(exception);
            return false;
        }
    }

    private TTransformer FitOnRank(IDataView trainData, IDataView? validationData, MlpModelParameters? start)
    {
        using IChannel channel = Host.Start("Training");
        var log = new TrainingLog(channel);
        FitRequest request = CreateRequest(trainData, validationData, start, log);
        using ClaimedCheckpoint? claimed = _options.OwnCheckpoint?.Claim();
        request = request with { Checkpoint = claimed?.Checkpoint };
        log.Info($"Options in force: {string.Join("; ", _settings.ToString().Split(Environment.NewLine))}.");
        log.WarnOfNormalization(request.Columns, request.ValidationColumns, start);
        if (_options.RowStore.Place == RowStorePlace.Disk)
            return FitFromDisk(request);
        try
        {
            return FitInMemory(request);
        }
        catch (InvalidOperationException exception) when (
            request.Memory.HasRefused && _options is { RowStore.Place: RowStorePlace.Auto, NeedOfMemory: null }
            && request.Memory.MayFitOnDisk(trainData.GetRowCount()))
        {
            log.Info($"The rows do not fit in memory. {exception.Message}");
        }
        return FitFromDisk(request);
    }

    /// <summary>Checks all that can be checked before rows are read.</summary>
    /// <returns>Without a checkpoint.</returns>
    private FitRequest CreateRequest(IDataView trainData, IDataView? validationData, MlpModelParameters? start, TrainingLog log)
    {
        bool hasValidation = validationData is not null;
        CoverageTraining.CheckBeforeReading(_options, hasValidation);
        TrainingColumns columns = SchemaChecks.FindTrainingColumns(trainData.Schema, _options, _task.CheckLabel);
        TrainingColumns? validationColumns = validationData is null
            ? null : SchemaChecks.FindValidationColumns(validationData.Schema, columns, _options, _task.CheckLabel, _task.NamesOf);
        if (start is not null)
        {
            int networkCount = _options.NetworkCountFor(trainData.GetRowCount() ?? long.MaxValue, hasValidation);
            WarmStart.Check(start, columns, ToLayers(rowCount: 0), _outputFunctions, networkCount);
            WarmStart.CheckNames(start, columns, _task.NamesOf(columns.Label));
        }
        return new FitRequest(
            trainData, validationData, start, columns, validationColumns, GivenWeightsOfClasses(columns), Checkpoint: null,
            new MemoryChecks(columns, _options, hasValidation, ToLayers, _settings.MemoryLimit), log);

        DenseLayerDescription[] ToLayers(long rowCount) => LayersFor(rowCount, start, columns);
    }

    /// <summary>What a training has come to, as a transformer.</summary>
    private TTransformer ToTransformer(
        FitRequest request, TrainingInputs inputs, DenseLayerDescription[] layers, EnsembleResult<float> result,
        TargetRange<float>? range, TargetScaling<float>? targetScaling, Func<Coverage> createCoverage,
        Func<string, MlpReplayMemory>? createMemory = null)
    {
        TrainingLog log = request.Log;
        if (result.WasCanceled)
            log.Info(
                $"The training was cancelled after {result.History.Count:N0} epochs of its networks together; those with one behind them "
                    + "are the model.");
        Model<float> model = ToModel(inputs, layers, result, range, targetScaling);
        log.Info($"Epochs of the networks: {string.Join(", ", result.BestEpochs)}; temperature {result.Temperature:G4}.");
        TransformerContent content = ContentOf(request, inputs, model);
        return CreateTransformer(content with
        {
            Part = result.Part,
            ReplayMemory = createMemory?.Invoke(content.Model.Fingerprint),
            Coverage = createCoverage(),
        });
    }

    /// <summary>The networks of a training with all that predictions need.</summary>
    private Model<float> ToModel(
        TrainingInputs inputs, DenseLayerDescription[] layers, EnsembleResult<float> result, TargetRange<float>? range,
        TargetScaling<float>? targetScaling)
    {
        foreach (Network<float> network in result.Networks)
            targetScaling?.FoldInto(network);
        return CreateModel(
            inputs, [.. result.Networks.Select(network => Store(network, layers))], result.History, result.Temperature, range);
    }

    private Model<float> CreateModel(
        TrainingInputs inputs, IReadOnlyList<Network<float>> networks, IReadOnlyList<EpochResult> history, double temperature,
        TargetRange<float>? range) => new(networks, inputs.Scaling, _outputFunctions.Link, history)
        {
            Layout = inputs.LayoutOfModel,
            Middles = inputs.Middles,
            SparseScaling = inputs.SparseScaling,
            Temperature = temperature,
            Range = range,
        };

    private TransformerContent ContentOf(FitRequest request, TrainingInputs inputs, Model<float> model) => TransformerContent.Of(
        new MlpModelParameters(model), request.Columns, inputs.Categories, _task.Describe(request.Columns.Label));

    private DenseLayerDescription[] LayersFor(long rowCount, MlpModelParameters? start, TrainingColumns columns) => _options.ToLayers(
        start is not null && _settings.HiddenLayerSizes is null
            ? WarmStart.HiddenLayerSizesOf(start) : _options.HiddenLayerSizesFor(rowCount),
        _task.CountOutputs(columns), _outputFunctions.Trained);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaChecks.CheckTrainingColumns(inputSchema, _options, _task.CheckLabel);
        SchemaShape.Column label = inputSchema.First(column => column.Name == _options.LabelColumnName);
        // An output column takes the place of an input column of the same name.
        var columns = new OrderedDictionary<string, SchemaShape.Column>();
        foreach (SchemaShape.Column column in inputSchema.Concat(_task.OutputShapes(label, _options)))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private protected abstract TTransformer CreateTransformer(TransformerContent content);

    private LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label) =>
        _task.CreateLabelReader(row, label, _outputFunctions.Link);

    private TrainingSettings CreateSettings(
        ResolvedOptions options, TrainingLog log, int seed, long rowCount, TrainingColumns columns) =>
        options.ToTrainingSettings(seed, rowCount) with
        {
            FeatureNames = FeatureAnnotations.Of(columns.Features).SlotNames,
            OutputNames = _task.NamesOf(columns.Label)?.ToTexts(),
            CancellationToken = _settings.CancellationToken,
            StepCallback = CheckCancellation,
            WarningCallback = log.Warn,
            EpochCallback = report =>
            {
                log.Epoch(report);
                _settings.EpochCallback?.Invoke(report);
            },
        };

    /// <summary>Known before any row is read; null where there are none, or the rows decide.</summary>
    /// <exception cref="ArgumentException">They are not as many as the classes.</exception>
    private double[]? GivenWeightsOfClasses(TrainingColumns columns) =>
        _options.ClassWeights is not { } given || given == ClassWeights.Balanced
        ? null : given.For<float>([], _task.CountClasses(columns), []);

    /// <summary>The network as the model has it: without an output activation that the link has taken over.</summary>
    private Network<float> Store(Network<float> trained, DenseLayerDescription[] layers)
    {
        if (_outputFunctions.Stored == _outputFunctions.Trained)
            return trained;
        var stored = Network<float>.CreateBlank(
            trained.Inputs, trained.Embedding?.Describe(), [.. layers[..^1], layers[^1] with { Activation = _outputFunctions.Stored }]);
        trained.Parameters.Values.CopyTo(stored.Parameters.Values);
        return stored;
    }

    /// <summary>The random numbers of a host are not for several threads at once.</summary>
    private int DrawSeed()
    {
        lock (_lock)
            return Host.Rand.Next();
    }

    private void CheckCancellation()
    {
        _settings.CancellationCheckCallback?.Invoke();
        _settings.CancellationToken.ThrowIfCancellationRequested();
        MLNetInternals.CheckAlive(Host);
    }
}
