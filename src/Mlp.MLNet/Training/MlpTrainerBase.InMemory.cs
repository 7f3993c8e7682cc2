using Microsoft.ML;
using Mlp.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Training;
using Mlp.Networks;

namespace Mlp.MLNet;

/// <content>Rows in memory: read, scaled, and trained on.</content>
public abstract partial class MlpTrainerBase<TTransformer>
{
    // A pair of columns that makes no difference is not worth its parameters.
    private const double MostLossRatioOfCrosses = 0.995;

    // A pair has hundreds of cells, and few rows a cell say nothing; the loss of few held-out rows is noisier than what a pair gains.
    private const int MostRowsOfCrosses = 20_000, EnoughRowsOfCrosses = 1_500;

    private TTransformer FitInMemory(FitRequest request)
    {
        PreparedRows prepared = TryCrosses(Prepare(request, looksForCrosses: true));
        TrainingSettings settings = CreateSettings(_options, request.Log, prepared.Seed, prepared.Rows.RowCount, request.Columns) with
        {
            Checkpoint = prepared.Checkpoint,
            KeepsMoments = prepared.Kept is not null,
        };
        var ensemble = _options.ToEnsembleSettings(prepared.Rows.RowCount, request.HasValidation);
        FrequencyRange frequencies = FindFrequencies(
            request, prepared.Inputs, prepared.Stages, prepared.Rows, prepared.Seed, ensemble);
        ensemble = _options.ForFrequencies(ensemble, frequencies) with { ContinuesTraining = request.Start is not null };
        request.Log.Start(
            _options.NetworkCountFor(prepared.Rows.RowCount, request.HasValidation), prepared.Stages, prepared.Rows.RowCount, settings);
        EnsembleResult<float> result = TrainOn(
            prepared, index => WithFrequencies(prepared.Stages, frequencies.Of(index, ensemble.NumberOfNetworks)), settings, ensemble);
        return ToTransformer(
            request, prepared.Inputs, prepared.Layers, result, prepared.Range, prepared.TargetScaling,
            () => prepared.Coverage.Fit(
                result, prepared.Validation ?? prepared.Rows, prepared.Rows.Targets.RowLength, prepared.Inputs, prepared.Range,
                prepared.TargetScaling, settings),
            prepared.Kept is null ? null : fingerprint => prepared.Kept.ToMemory(result, ensemble.NumberOfNetworks, fingerprint));
    }

    /// <summary>Reads rows into memory, checks them, and scales them.</summary>
    /// <param name="request">Names the rows.</param>
    /// <param name="looksForCrosses">Whether pairs of columns may become categories, which <see cref="TryCrosses"/> has to judge.</param>
    private PreparedRows Prepare(FitRequest request, bool looksForCrosses = false)
    {
        (IDataView trainData, IDataView? validationData, MlpModelParameters? start, TrainingColumns columns,
            TrainingColumns? validationColumns, double[]? weightsOfClasses, _, MemoryChecks memory, TrainingLog log) = request;
        bool hasValidation = request.HasValidation;
        memory.CheckBeforeReading(trainData, validationData);
        var coverage = new CoverageTraining(_options, hasValidation, log);
        var inputs = new TrainingInputs(_options, columns, start, log);
        TrainingRows rows = FeatureReader.Read(
            trainData, columns, inputs.CreateBuilder(trainData.GetRowCount()), inputs.LearnsMissing, CreateLabelReader, CheckCancellation,
            weightsOfClasses: weightsOfClasses,
            checkRows: (count, features) => memory.CheckWhileReading(count, validationRowCount: 0, features.Inputs, features.Bytes));
        int seed = _options.Seed ?? DrawSeed();
        rows = inputs.Take(rows, CheckCancellation);
        _task.CheckTargets(rows.SummarizeTargets(), columns);
        // A model that keeps rows keeps their categories: these cannot be dropped any more.
        bool mayCross = looksForCrosses && _options.ReplayRowCount is null && !_options.CategoricalEmbedding.IsNone;
        if (mayCross && HasTrials(request, rows.RowCount))
            rows = inputs.TakeCrosses(rows, _task.CountClasses(columns), seed, CheckCancellation);
        TrainingRows? validation = validationColumns is null
            ? null : FeatureReader.Read(
                validationData!, validationColumns, inputs.CreateBuilder(validationData!.GetRowCount()), inputs.LearnsMissing,
                CreateLabelReader, CheckCancellation, purpose: "validation",
                weightsOfClasses: weightsOfClasses,
                checkRows: (count, features) => memory.CheckWhileReading(
                    rows.RowCount, count, inputs.Description, rows.Features.Bytes + features.Bytes));
        if (rows.LeftOut.Count > 0)
            log.Info($"{rows.LeftOut.Count:N0} rows of weight 0 are left out; {rows.RowCount:N0} are there to train on.");
        coverage.CheckRows(rows.RowCount, validation);
        Checkpoint? checkpoint = CheckpointFor(request, () => rows.Fingerprint(validation));

        CheckCancellation();
        ReplayOfTraining? kept = _options.ReplayRowCount is int count
            ? new ReplayOfTraining(rows, count, _task.CountClasses(columns), seed) : null;
        (rows, validation) = WeightClasses(rows, validation, columns);
        PeriodicEmbeddingDescription? embedding = inputs.CreateEmbedding(rows, CheckCancellation);
        DenseLayerDescription[] layers = LayersFor(rows.RowCount, start, columns);
        var prepared = new PreparedRows(request, rows, validation, inputs, embedding, layers)
        {
            Seed = seed,
            Checkpoint = checkpoint,
            Kept = kept,
            Coverage = coverage,
        };
        memory.CheckAfterReading(rows, validation, inputs.Description, prepared.Stages);
        inputs.CreateScaling(rows, CheckCancellation);
        CheckCancellation();
        TargetRange<float>? range = _options.BoundScores ? TargetRange<float>.Of(rows.Targets) : null;
        TargetScaling<float>? targetScaling = _options.NormalizeLabel
            ? TargetScaling<float>.Standardize(rows.Targets, exampleWeights: rows.ExampleWeights) : null;
        inputs.Scale(rows, targetScaling, CheckCancellation);
        if (validation is not null)
            inputs.Scale(validation, targetScaling, CheckCancellation);
        return prepared with { Range = range, TargetScaling = targetScaling };
    }

    /// <summary>Trains networks on rows that are ready for it.</summary>
    /// <param name="prepared">The rows.</param>
    /// <param name="stagesOf">Of each network, by its index.</param>
    /// <param name="settings">Of each training.</param>
    /// <param name="ensemble">How many networks.</param>
    private EnsembleResult<float> TrainOn(
        PreparedRows prepared, Func<int, Layer[]> stagesOf, TrainingSettings settings, EnsembleSettings ensemble) => EnsembleTraining.Fit(
        (index, networkSeed) => CreateNetwork(
            index, networkSeed, prepared.Request, prepared.Inputs, stagesOf(index), prepared.TargetScaling),
        _task.ToRowSource(prepared.Rows, prepared.Request.Columns),
        prepared.Validation is null ? null : _task.ToRowSource(prepared.Validation, prepared.Request.Columns),
        _task.CountClasses(prepared.Request.Columns) > 0 ? prepared.Rows.ClassIndices() : [],
        settings, ensemble, prepared.TargetScaling);

    /// <summary>Whether parts of the recipe are found by trials: in ensembles whose networks hold rows out, of tables that are not
    /// small.</summary>
    private bool HasTrials(FitRequest request, long rowCount) =>
        request.Start is null && _options.ToEnsembleSettings(rowCount, request.HasValidation).NumberOfNetworks > 1
        && RecipeBySize.For(rowCount).HasTrials && _options.FollowsRowCount && !_options.EarlyStopping.IsNone;

    /// <summary>Keeps the pairs of columns that were found where a network is better with them.</summary>
    /// <returns>The rows with them or without.</returns>
    private PreparedRows TryCrosses(PreparedRows prepared)
    {
        TrainingInputs inputs = prepared.Inputs;
        CrossedCategory[] crosses = prepared.Rows.Features.Layout.Crosses;
        if (crosses.Length == 0)
            return prepared;
        PreparedRows plain = prepared with
        {
            Rows = WithoutCrosses(prepared.Rows),
            Validation = prepared.Validation is null ? null : WithoutCrosses(prepared.Validation),
        };
        RecipeTrial trial = CreateTrial(prepared.Request, prepared.Rows, prepared.Seed, MostRowsOfCrosses, EnoughRowsOfCrosses);
        double[] losses = trial.LossesOf(CandidateOf(plain), CandidateOf(prepared));
        PreparedRows better = losses[1] < MostLossRatioOfCrosses * losses[0] ? prepared : plain;
        inputs.Describe(better.Rows);
        prepared.Request.Log.Info(
            $"A trial on {trial.RowCount:N0} rows: with pairs of columns as categories "
                + $"({string.Join("; ", crosses.Select(inputs.NameOf))}) the held-out loss is {losses[1] / losses[0]:G3} times that "
                + $"without, so they are {(better == prepared ? "kept" : "dropped")}.");
        return better;

        static TrainingRows WithoutCrosses(TrainingRows rows) => rows with { Features = rows.Features.WithCrosses([]) };

        (IRowSource<float>, Func<int, Network<float>>) CandidateOf(PreparedRows rows)
        {
            inputs.Describe(rows.Rows);
            InputDescription description = inputs.Description;
            Layer[] stages = WithFrequencies(rows.Stages, FrequencyRange.DefaultDeviation);
            return (
                _task.ToRowSource(rows.Rows, rows.Request.Columns), seed => Network<float>.Create(description, stages, seed));
        }
    }

    private RecipeTrial CreateTrial(FitRequest request, TrainingRows rows, int seed, int mostRows, int enoughHeldOut) => new(
        rows.RowCount, _task.CountClasses(request.Columns) > 0 ? rows.ClassIndices() : [], mostRows, enoughHeldOut,
        rowCount => CreateSettings(_options, request.Log, seed, rowCount, request.Columns));

    /// <summary>The first frequencies of the networks of an ensemble.</summary>
    /// <param name="request">Of the training.</param>
    /// <param name="inputs">Of its features.</param>
    /// <param name="stages">Of its networks.</param>
    /// <param name="rows">To train on, or a sample of them; scaled.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="ensemble">How many networks there will be.</param>
    private FrequencyRange FindFrequencies(
        FitRequest request, TrainingInputs inputs, Layer[] stages, TrainingRows rows, int seed, EnsembleSettings ensemble)
    {
        if (_options.NumericEmbedding.FrequencyDeviation is double given)
            return new FrequencyRange(given, given);
        if (ensemble.NumberOfNetworks == 1 || stages[0] is not PeriodicEmbeddingDescription || !HasTrials(request, rows.RowCount))
            return FrequencyRange.Smooth;
        var trial = new FrequencyTrial(
            CreateTrial(request, rows, seed, FrequencyTrial.MostRows, enoughHeldOut: 1), _task.ToRowSource(rows, request.Columns),
            (deviation, networkSeed) => Network<float>.Create(inputs.Description, WithFrequencies(stages, deviation), networkSeed));
        return trial.Run(request.Log);
    }

    private static Layer[] WithFrequencies(Layer[] stages, double deviation) => stages[0] is PeriodicEmbeddingDescription embedding
        ? [embedding with { FrequencyDeviation = deviation }, .. stages[1..]] : stages;

    private static Network<float> CreateNetwork(
        int index, int seed, FitRequest request, TrainingInputs inputs, Layer[] stages, TargetScaling<float>? targetScaling)
    {
        var network = Network<float>.Create(inputs.Description, stages, seed);
        if (request.Start is not null)
            WarmStart.Copy(request.Start, index, network, targetScaling);
        return network;
    }

    private (TrainingRows Rows, TrainingRows? Validation) WeightClasses(
        TrainingRows rows, TrainingRows? validation, TrainingColumns columns)
    {
        if (_options.ClassWeights is not { } classWeights)
            return (rows, validation);
        double[] weights = rows.WeightsOfClasses(classWeights, _task.CountClasses(columns));
        return (rows.Weight(weights), validation?.Weight(weights));
    }

    /// <summary>The checkpoint of the options; but a trainer that is fitted again on another part of the same data, as for each fold of a
    /// cross-validation, has a file of its own for each part, whose name ends with a fingerprint of the rows.</summary>
    private Checkpoint? CheckpointFor(FitRequest request, Func<string> computeFingerprint)
    {
        Checkpoint? checkpoint = request.Checkpoint;
        if (checkpoint is null || !CrossValidation.IsPart(request.Data))
            return checkpoint;
        string fingerprint = computeFingerprint();
        lock (_lock)
            _checkpointRows ??= fingerprint;
        return _checkpointRows == fingerprint ? checkpoint : checkpoint with { Path = $"{checkpoint.Path}.{fingerprint}" };
    }
}
