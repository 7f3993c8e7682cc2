using Mlp.Data.Stores;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Training;

namespace Mlp.MLNet;

/// <content>Training with rows on disk: what is found from all rows in memory is found from a sample of them, and from what was noted while
/// they were written.</content>
public abstract partial class MlpTrainerBase<TTransformer>
{
    private TTransformer FitFromDisk(FitRequest request)
    {
        TrainingColumns columns = request.Columns;
        int seed = _options.Seed ?? DrawSeed();
        var inputs = new TrainingInputs(_options, columns, request.Start, request.Log);
        var reader = new StoredReader(columns, inputs.LearnsMissing, request.WeightsOfClasses, CreateLabelReader, CheckCancellation);
        string fingerprint = StoreFingerprint.Of(request, _settings.Values(_options), _options.RowStore, seed, reader);
        using var table = new StoredTable(
            request, inputs, reader, _options.RowStore, fingerprint, seed, _task.CountClasses(columns), CheckCancellation);
        try
        {
            (TTransformer transformer, bool wasCanceled) = Fit(request, table, inputs, seed);
            table.IsKept = wasCanceled && request.Checkpoint is not null;
            return transformer;
        }
        catch (Exception exception) when (Keep(exception))
        {
            throw;
        }

        // A training that goes on from its checkpoint will want them; damaged ones it will not.
        bool Keep(Exception exception)
        {
            table.IsKept = request.Checkpoint is not null && exception is not RowStoreException;
            return false;
        }
    }

    private (TTransformer Transformer, bool WasCanceled) Fit(FitRequest request, StoredTable table, TrainingInputs inputs, int seed)
    {
        (TrainingColumns columns, TrainingLog log, TableSurvey survey) = (request.Columns, request.Log, table.Survey);
        TargetSurvey targets = survey.Targets;
        string every = RowProblems.EveryOf(survey.RowCount, leavesOut: survey.RowCount < survey.SourceRowCount);
        _task.CheckTargets(new TargetSummary(targets.Only, targets.TooLarge, every), columns);
        TrainingRows sample = inputs.Take(table.ReadSample(), CheckCancellation);
        TrainingRows? validation = request.ValidationColumns is null
            ? null : FeatureReader.Read(
                request.Validation!, request.ValidationColumns, inputs.CreateBuilder(request.Validation!.GetRowCount()),
                inputs.LearnsMissing, CreateLabelReader, CheckCancellation, purpose: "validation",
                weightsOfClasses: request.WeightsOfClasses,
                checkRows: (count, features) => request.Memory.CheckWhileReading(0, count, inputs.Description, features.Bytes));
        var coverage = new CoverageTraining(_options, request.HasValidation, log);
        coverage.CheckRows(survey.RowCount, validation);
        double[]? weightsOfClasses = WeightsOfClasses(targets, columns);
        if (weightsOfClasses is not null)
            (sample, validation) = (sample.Weight(weightsOfClasses), validation?.Weight(weightsOfClasses));

        PeriodicEmbeddingDescription? embedding = inputs.CreateEmbedding(sample, CheckCancellation);
        DenseLayerDescription[] layers = LayersFor(survey.RowCount, request.Start, columns);
        Layer[] stages = embedding is null ? layers : [embedding, .. layers];
        request.Memory.CheckOnDisk(survey.RowCount, validation, inputs.Description, stages, survey.Bytes);
        inputs.CreateScaling(sample, CheckCancellation);
        inputs.ScaleRareValues(survey.Features);
        TargetRange<float>? range = _options.BoundScores ? new TargetRange<float>(targets.Minima, targets.Maxima) : null;
        TargetScaling<float>? targetScaling = _options.NormalizeLabel
            ? TargetScaling<float>.Standardize((targets.Means, targets.Deviations), centered: true) : null;
        if (validation is not null)
            inputs.Scale(validation, targetScaling, CheckCancellation);

        var ensemble = _options.ToEnsembleSettings(survey.RowCount, request.HasValidation);
        int classCount = _task.CountClasses(columns) == _task.CountOutputs(columns) ? _task.CountClasses(columns) : 0;
        HeldOutFolds folds = _options.HoldsOut(survey.RowCount, request.HasValidation)
            ? HeldOutFolds.For(ensemble.NumberOfNetworks, ensemble.ValidationFraction, seed) : HeldOutFolds.None;
        StoredRows rows = table.Finish(
            folds, sample.Features.Inputs, classCount, count => inputs.CreateBuilder(count),
            portion =>
            {
                portion = weightsOfClasses is null ? portion : portion.Weight(weightsOfClasses);
                inputs.Scale(portion, targetScaling, CheckCancellation);
                return portion;
            });

        Checkpoint? checkpoint = CheckpointFor(request, () => $"{survey.Checksum:x8}{survey.RowCount:x8}");
        TrainingSettings settings = CreateSettings(log, seed, survey.RowCount, columns) with { Checkpoint = checkpoint };
        inputs.Scale(sample, targetScaling, CheckCancellation);
        FrequencyRange frequencies = FindFrequencies(request, inputs, stages, sample, seed, ensemble);
        ensemble = _options.ForFrequencies(ensemble, frequencies);
        log.Start(_options.NetworkCountFor(survey.RowCount, request.HasValidation), stages, survey.RowCount, settings);
        EnsembleResult<float> result = EnsembleTraining.Fit(
            (index, networkSeed) => CreateNetwork(
                index, networkSeed, request, inputs, WithFrequencies(stages, frequencies.Of(index, ensemble.NumberOfNetworks)),
                targetScaling),
            rows, validation is null ? null : _task.ToRowSource(validation, columns), [], settings,
            ensemble with { ContinuesTraining = request.Start is not null }, targetScaling);
        return (
            ToTransformer(
                request, inputs, layers, result, range, targetScaling,
                () => coverage.Fit(result, validation, columns.TargetCount, inputs, range, targetScaling, settings)),
            result.WasCanceled);
    }

    private double[]? WeightsOfClasses(TargetSurvey targets, TrainingColumns columns)
    {
        if (_options.ClassWeights is not { } classWeights)
            return null;
        int count = _task.CountClasses(columns);
        // As if there were one row of each class, which weighs as much as all of it.
        return classWeights.For([.. Enumerable.Range(0, count)], count, targets.ClassWeights);
    }
}
