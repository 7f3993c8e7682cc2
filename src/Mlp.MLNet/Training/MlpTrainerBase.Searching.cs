using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Options;
using Mlp.MLNet.Training;
using Mlp.Networks;
using Mlp.Training.Tuning;

namespace Mlp.MLNet;

/// <content>What a search for better hyper-parameters needs: rows that are read once, and networks of other options on them.</content>
public abstract partial class MlpTrainerBase<TTransformer>
{
    /// <summary>The values in force.</summary>
    internal ResolvedOptions OptionsInForce => _options;

    /// <summary>What the user set; a copy.</summary>
    internal MlpOptions CopyOptions() => _settings.Copy();

    internal IChannel StartChannel(string name) => Host.Start(name);

    /// <summary>The seed of the options, or the next random number of the context.</summary>
    internal int FindSeed() => _options.Seed ?? DrawSeed();

    /// <exception cref="OperationCanceledException">The context or the options' token was cancelled.</exception>
    internal void ThrowIfCanceled() => CheckCancellation();

    /// <summary>Reads and scales the rows of a fold, or all rows, with the pairs of columns that Fit would find in them.</summary>
    /// <param name="trainData">Transformed.</param>
    /// <param name="validationData">Transformed as they are; null for none.</param>
    /// <param name="log">Receives messages about the progress.</param>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    internal PreparedRows PrepareRows(IDataView trainData, IDataView? validationData, TrainingLog log) =>
        TryCrosses(Prepare(CreateRequest(trainData, validationData, start: null, log), looksForCrosses: true));

    /// <summary>What is true of the validation rows.</summary>
    internal FoldRows<float> TruthOf(PreparedRows prepared) =>
        FoldRows<float>.Of(_task.ToRowSource(prepared.Validation!, prepared.Request.Columns));

    /// <summary>Judges ensembles of this trainer.</summary>
    internal EnsembleLoss<float> CreateLoss(PreparedRows prepared, IReadOnlyList<FoldRows<float>> folds) =>
        new(_options.Loss, _task.CountOutputs(prepared.Request.Columns), _options.CalibrateProbabilities, folds);

    /// <summary>How the networks of the trainer's own ensemble would begin.</summary>
    /// <param name="prepared">Of a fold.</param>
    /// <param name="seed">Of the search.</param>
    internal FrequencyRange FrequenciesOf(PreparedRows prepared, int seed) => FindFrequencies(
        prepared.Request, prepared.Inputs, prepared.Stages, prepared.Rows, seed,
        _options.ToEnsembleSettings(prepared.Rows.RowCount, hasValidation: false));

    /// <summary>Trains one network on the rows of a fold.</summary>
    /// <param name="prepared">With validation rows.</param>
    /// <param name="options">Of the network; for the features as the trainer's own.</param>
    /// <param name="seed">Of the network.</param>
    /// <param name="threadCount">Of large products.</param>
    /// <param name="cancellationToken">Beside that of the options.</param>
    /// <returns>What it says of the validation rows, [rows x outputs].</returns>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    internal float[] TrainHeldOut(
        PreparedRows prepared, MlpOptions options, int seed, int threadCount, CancellationToken cancellationToken)
    {
        ResolvedOptions resolved = options.Validate();
        TrainingSettings settings = SearchSettings(prepared, resolved, seed, threadCount, checkpoint: null, cancellationToken);
        EnsembleResult<float> result = TrainOn(
            prepared, _ => StagesOf(prepared, resolved), settings, new EnsembleSettings { KeepsHeldOutOutputs = true });
        return result.HeldOut!.Outputs;
    }

    /// <summary>Trains the networks that take one place of a model, as Fit does.</summary>
    /// <param name="prepared">All rows.</param>
    /// <param name="options">Say how many networks; for the features as the trainer's own.</param>
    /// <param name="seed">Of the networks.</param>
    /// <param name="threadCount">Shared by them.</param>
    /// <param name="checkpoint">Claimed; null for none.</param>
    /// <param name="cancellationToken">Beside that of the options.</param>
    internal Model<float> TrainPlace(
        PreparedRows prepared, MlpOptions options, int seed, int threadCount, Checkpoint? checkpoint, CancellationToken cancellationToken)
    {
        ResolvedOptions resolved = options.Validate();
        TrainingSettings settings = SearchSettings(prepared, resolved, seed, threadCount, checkpoint, cancellationToken);
        EnsembleResult<float> result = TrainOn(
            prepared, _ => StagesOf(prepared, resolved), settings,
            // All begin alike.
            resolved.ForFrequencies(
                resolved.ToEnsembleSettings(prepared.Rows.RowCount, hasValidation: false), FrequencyRange.Smooth));
        return ToModel(prepared.Inputs, LayersOf(prepared, resolved), result, prepared.Range, prepared.TargetScaling);
    }

    /// <summary>Parameters of a network of these options, with other hidden layers.</summary>
    internal int CountParameters(PreparedRows prepared, IReadOnlyList<int> hiddenSizes) => Network<float>.CreateBlank(
        prepared.Inputs.Description, prepared.Embedding,
        _options.ToLayers(hiddenSizes, _task.CountOutputs(prepared.Request.Columns), _outputFunctions.Trained)).Parameters.Length;

    /// <summary>One model of the networks of all places.</summary>
    /// <param name="prepared">All rows.</param>
    /// <param name="places">Trained on them.</param>
    /// <param name="temperature">Of the mean of all; 1 for none.</param>
    internal TTransformer JoinPlaces(PreparedRows prepared, IReadOnlyList<Model<float>> places, double temperature)
    {
        Network<float>[] networks = [.. places.SelectMany(place => place.Networks)];
        int[] sizes = PaddedNetwork.CommonSizes([.. networks.Select(HiddenSizesOf)]);
        int first = 0;
        var history = new List<EpochResult>();
        foreach (Model<float> place in places)
        {
            history.AddRange(place.History.Select(report => report with { NetworkIndex = report.NetworkIndex + first }));
            first += place.Networks.Count;
        }
        Model<float> model = CreateModel(
            prepared.Inputs, [.. networks.Select(network => PaddedNetwork.Create(network, sizes))], history, temperature, prepared.Range);
        return CreateTransformer(ContentOf(prepared.Request, prepared.Inputs, model));
    }

    /// <summary>The settings of one training of a search, which reports and ends as a whole.</summary>
    private TrainingSettings SearchSettings(
        PreparedRows prepared, ResolvedOptions resolved, int seed, int threadCount, Checkpoint? checkpoint,
        CancellationToken cancellationToken) =>
        CreateSettings(resolved, prepared.Request.Log, seed, prepared.Rows.RowCount, prepared.Request.Columns) with
        {
            Checkpoint = checkpoint,
            ReturnBestOnCancellation = false,
            EpochCallback = null,
            NumberOfThreads = threadCount,
            CancellationToken = cancellationToken,
        };

    private DenseLayerDescription[] LayersOf(PreparedRows prepared, ResolvedOptions resolved) => resolved.ToLayers(
        resolved.HiddenLayerSizesFor(prepared.Rows.RowCount), _task.CountOutputs(prepared.Request.Columns), _outputFunctions.Trained);

    private Layer[] StagesOf(PreparedRows prepared, ResolvedOptions resolved) => WithFrequencies(
        PreparedRows.StagesOf(prepared.Embedding, LayersOf(prepared, resolved)),
        resolved.NumericEmbedding.FrequencyDeviation ?? FrequencyRange.DefaultDeviation);

    private static int[] HiddenSizesOf(Network<float> network) =>
        [.. network.Layers.SkipLast(1).Select(layer => layer.UnitCount)];
}
