using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.Data;
using Mlp.MLNet.Models;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Replay;
using Mlp.MLNet.Training;

namespace Mlp.MLNet;

/// <content>Models that learn on.</content>
public abstract partial class MlpTrainerBase<TTransformer>
{
    /// <summary>Goes on from a model with new rows, in a fraction of the time of a training.</summary>
    /// <param name="model">Fitted by a trainer with these options. It is not changed. With a
    /// <see cref="MlpTransformerBase.ReplayMemory"/>, old rows are trained on beside the new ones; without, it learns from the new rows
    /// alone and forgets what they do not show.</param>
    /// <param name="newRows">Has the columns that the model was fitted on, transformed by the same fitted transformers. One-hot vectors
    /// and key columns may have further values at their ends.</param>
    /// <param name="settings">How far it goes; null for the defaults.</param>
    /// <remarks>
    /// <para>
    /// What features become stays as it was: scaling, keys, embeddings; new values of a category get rows of their own, which begin as
    /// those of an unknown value. All networks are trained for some more epochs, each without
    /// the rows that it held out before and its part of the new ones, from which temperature, intervals and sets are found anew; with
    /// fewer than <see cref="EnsembleSettings.LeastRowsToCalibrate"/> such rows the temperature stays. <see cref="MlpOptions.Checkpoint"/>
    /// is not used: an update is short, and nothing is changed before it is done.
    /// </para>
    /// <para>Repeatable: the same model, memory, rows, options and seed give the same bits, whatever the number of threads.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The rows or the options are not those of the model; the message says all that has changed. Or
    /// the memory is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or a setting is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or some cannot be learnt from, or they do not fit in
    /// memory.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The context or <see cref="MlpOptions.CancellationToken"/> was cancelled.</exception>
    public MlpUpdate<TTransformer> Update(TTransformer model, IDataView newRows, MlpUpdateSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(newRows);
        settings ??= new MlpUpdateSettings();
        settings.Validate();
        MlpModelParameters start = model.Model;
        TrainingColumns columns = SchemaChecks.FindTrainingColumns(newRows.Schema, _options, _task.CheckLabel);
        var growth = LayoutGrowth.Find(start, columns);
        SchemaChanges.Check(start, model.FeatureColumnName, columns, growth, _task, _outputFunctions);
        CheckCoverage(model);
        int classCount = _task.CountClasses(columns);
        MlpReplayMemory? memory = model.ReplayMemory;
        if (memory is not null)
            ReplayCheck.Check(memory, start, growth!.Layout, columns.TargetCount, classCount);
        double[]? weightsOfClasses = GivenWeightsOfClasses(columns);
        using IChannel channel = Host.Start("Update");
        var log = new TrainingLog(channel);
        var inputs = new TrainingInputs(_options, columns, start, log, growth!.Layout);
        PeriodicEmbeddingDescription? embedding = WarmStart.EmbeddingOf(start.EngineModel.Network);
        DenseLayerDescription[] layers = LayersOf(start);
        var memoryChecks = new MemoryChecks(columns, _options, hasValidation: false, _ => layers, _settings.MemoryLimit);
        memoryChecks.CheckBeforeReading(newRows, validationData: null);
        TrainingRows fresh = FeatureReader.Read(
            newRows, columns, inputs.CreateBuilder(newRows.GetRowCount()), inputs.LearnsMissing, CreateLabelReader, CheckCancellation,
            purpose: "new", weightsOfClasses: weightsOfClasses,
            checkRows: (count, features) => memoryChecks.CheckWhileReading(count, validationRowCount: 0, features.Inputs, features.Bytes));

        ColumnHistogram[] counted = ReplayColumns.Count(fresh, fresh, memory?.Columns, classCount);
        ColumnDrift[] drift = memory is null ? [] : [.. ReplayColumns
            .NamesOf(growth.Layout, columns, _task.NamesOf(columns.Label)?.ToTexts())
            .Zip(memory.Columns.Zip(counted), (name, pair) => StabilityIndex.Compare(name, pair.First, pair.Second))];
        int seed = unchecked((_options.Seed ?? DrawSeed()) + (int)(memory?.RowsSeen ?? 0));
        long seen = memory?.RowsSeen ?? 0;
        Reservoir old = memory?.Rows ?? new Reservoir(_options.ReplayRowCount ?? 0, Rows: null, []);
        TrainingRows rows = Reservoir.Join(old.Rows, fresh);
        _task.CheckTargets(rows.SummarizeTargets(), columns);
        (Reservoir kept, int[] keptIndices) = old.With(rows, seen, seed);
        CheckCancellation();

        int networkCount = start.Networks.Count;
        bool holdsOut = _options.HoldsOut(rows.RowCount, hasValidation: false), refits = holdsOut && _options.RefitOnAllRows;
        EnsembleSettings ensemble = _options.ToEnsembleSettings(rows.RowCount, hasValidation: false) with
        {
            NumberOfNetworks = refits ? (networkCount + 1) / 2 : networkCount,
            RefitOnAllRows = refits && networkCount > 1,
            MaximumRefitCount = refits ? networkCount / 2 : null,
            RefitsContinue = false,
            Moments = memory?.Moments ?? [],
            ContinuesTraining = true,
        };
        TrainingSettings training = CreateSettings(_options, log, seed, ToCount(seen + fresh.RowCount), columns);
        var plan = UpdatePlan.For(settings, memory, training.NumberOfEpochs);
        ensemble = ensemble with { TaughtRowCount = old.RowCount, TaughtLabelPart = plan.LabelPart };
        if (old.RowCount > 0 && holdsOut)
            ensemble = ensemble with { Folds = ReplayedRows.FoldsOf(old, fresh.RowCount, ensemble, seed) };
        new CoverageTraining(_options, hasValidation: false, log).CheckRows(rows.RowCount, validation: null);
        rows = ReplayedRows.Weigh(rows, old.RowCount, seen);
        (rows, _) = WeightClasses(rows, validation: null, columns);
        memoryChecks.CheckAfterReading(rows, validation: null, inputs.Description, embedding is null ? layers : [embedding, .. layers]);
        TargetRange<float>? range = start.EngineModel.Range is { } before ? ReplayedRows.Widen(before, rows.Targets) : null;
        TargetScaling<float>? targetScaling = _options.NormalizeLabel
            ? TargetScaling<float>.Standardize(rows.Targets, exampleWeights: rows.ExampleWeights) : null;
        inputs.Scale(rows, targetScaling, CheckCancellation);

        training = training with
        {
            Checkpoint = null,
            ReturnBestOnCancellation = false,
            KeepsMoments = true,
            NumberOfEpochs = plan.NumberOfEpochs,
            Optimizer = training.Optimizer with { LearningRate = training.Optimizer.LearningRate * settings.LearningRateFactor },
        };
        log.Info($"Updating {networkCount} networks with {fresh.RowCount:N0} new rows and {old.RowCount:N0} of {seen:N0} old ones.");
        EnsembleResult<float> result = EnsembleTraining.Fit(
            CreateNetwork, _task.ToRowSource(rows, columns), validation: null, classCount > 0 ? rows.ClassIndices() : [], training,
            ensemble, targetScaling);
        foreach (Network<float> network in result.Networks)
            targetScaling?.FoldInto(network);
        int heldOutCount = result.Folds?.OfRows.Count(fold => fold != RowFolds.None) ?? 0;
        var updated = new Model<float>(
            [.. result.Networks.Select(network => Store(network, layers))], inputs.Scaling, _outputFunctions.Link, result.History)
        {
            Layout = inputs.LayoutOfModel,
            Middles = inputs.Middles,
            SparseScaling = inputs.SparseScaling,
            Temperature = heldOutCount < EnsembleSettings.LeastRowsToCalibrate ? start.Temperature : result.Temperature,
            Range = range,
        };
        var content = TransformerContent.Of(new MlpModelParameters(updated), columns, inputs.Categories, model.Content.Label);
        ColumnHistogram[] histograms = memory is null ? counted : [.. memory.Columns.Zip(counted, (first, second) => first.Plus(second))];
        int[] folds = [.. keptIndices.Select(row => result.Folds?.OfRows[row] ?? RowFolds.None)];
        return new MlpUpdate<TTransformer>(
            CreateTransformer(content with
            {
                ReplayMemory = new MlpReplayMemory(
                    content.Model.Fingerprint, seen + fresh.RowCount, kept with { Folds = folds }, histograms, [.. result.Moments])
                {
                    FirstBestEpoch = memory?.FirstBestEpoch ?? training.NumberOfEpochs,
                },
                Coverage = new CoverageTraining(_options, hasValidation: false, log)
                    .Fit(result, rows, rows.Targets.RowLength, inputs, range, targetScaling, training),
            }),
            drift);

        Network<float> CreateNetwork(int index, int networkSeed)
        {
            var network = Network<float>.CreateBlank(inputs.Description, embedding, layers);
            WarmStart.Copy(start, index, network, targetScaling);
            return network;
        }
    }

    /// <summary>The layers of a model as they are trained.</summary>
    private DenseLayerDescription[] LayersOf(MlpModelParameters model) =>
    [
        .. _options.ToLayers(WarmStart.HiddenLayerSizesOf(model), model.OutputCount, _outputFunctions.Trained)
            .Zip(model.Layers, (layer, found) => layer with
            {
                Activation = found == model.Layers[^1] ? _outputFunctions.Trained : found.Activation,
                HasBiases = !found.Biases.IsEmpty,
            }),
    ];

    /// <exception cref="ArgumentException">The model has intervals or sets and the options ask for none: they would be lost.</exception>
    private void CheckCoverage(TTransformer model)
    {
        string? option = model.Content.Coverage switch
        {
            { Intervals: not null } when _options.PredictionIntervals is null => nameof(_options.PredictionIntervals),
            { Sets: not null } when _options.PredictionSets is null => nameof(_options.PredictionSets),
            _ => null,
        };
        if (option is not null)
        {
            throw new ArgumentException(
                $"The model was trained with {option}, and the trainer's {option} is none. Use a trainer with the options of the model.",
                nameof(model));
        }
    }

    private static int ToCount(long rowCount) => (int)Math.Min(rowCount, int.MaxValue);
}
