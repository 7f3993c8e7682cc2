using Mlp.Data;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks;
using Mlp.Models.Intervals;
using Mlp.Training.Intervals;

namespace Mlp.MLNet.Training;

/// <summary>What a trainer does for intervals and sets: checks that there are rows to find them from, and finds them.</summary>
/// <param name="options">Of the trainer.</param>
/// <param name="hasValidation">Whether there are validation rows.</param>
/// <param name="log">Receives messages about the progress.</param>
internal sealed class CoverageTraining(ResolvedOptions options, bool hasValidation, TrainingLog log)
{
    /// <summary>Before any row is read.</summary>
    /// <exception cref="InvalidOperationException">No row will be held out.</exception>
    public static void CheckBeforeReading(ResolvedOptions options, bool hasValidation)
    {
        if (options.AskedCoverage is not { } asked || hasValidation || !options.EarlyStopping.IsNone)
            return;
        throw new InvalidOperationException(
            $"{asked.Option} is {asked.Levels}, and there are no rows to find it from: EarlyStopping is none, and no validation data is "
                + "given. Set EarlyStopping, which holds rows out, give Fit validation data, or use MlpPreset.Default.");
    }

    /// <summary>Before the training.</summary>
    /// <param name="rowCount">Rows to train on.</param>
    /// <param name="validation">Null for none.</param>
    /// <exception cref="InvalidOperationException">Too few rows will be held out for a level.</exception>
    public void CheckRows(long rowCount, TrainingRows? validation)
    {
        if (options.AskedCoverage is not { } asked)
            return;
        int heldOut = validation?.RowCount
            ?? options.ToEnsembleSettings(rowCount, hasValidation).HeldOutRowCount((int)Math.Min(int.MaxValue, rowCount));
        double level = asked.Levels[^1];
        int least = options.PredictionSets is null
            ? WeightedQuantile.LeastRowCount(level) : WeightedQuantile.LeastRowCountOfOneSide(level);
        if (heldOut < least)
        {
            throw new InvalidOperationException(
                $"{asked.Option} is {asked.Levels}; the level {PredictionLevels.TextOf(level)} needs at least {least:N0} "
                    + $"{(validation is null ? "held-out" : "validation")} rows, and there are {heldOut:N0} (of {rowCount:N0} "
                    + "training rows). Lower the level, or give more rows.");
        }
    }

    /// <summary>Finds what was asked for.</summary>
    /// <param name="result">Of the training.</param>
    /// <param name="known">The validation rows that it had, or its training rows, scaled; null for rows on disk, from whose features no
    /// widths are learnt.</param>
    /// <param name="targetCount">Targets of a row.</param>
    /// <param name="inputs">What becomes of features.</param>
    /// <param name="range">Of its scores; null for none.</param>
    /// <param name="targetScaling">That the labels went through; null for none.</param>
    /// <param name="settings">Of the training.</param>
    public Coverage Fit(
        EnsembleResult<float> result, TrainingRows? known, int targetCount, TrainingInputs inputs,
        TargetRange<float>? range, TargetScaling<float>? targetScaling, TrainingSettings settings)
    {
        // Held-out outputs are those of the training, which a loss without a link of its own may have had go through a sigmoid.
        OutputLink linkInTraining = options.Loss.Link;
        if (options.PredictionSets is double level)
        {
            LabelSets sets = LabelSetTraining.Fit(result.HeldOut, linkInTraining, result.Temperature, level);
            log.Info(
                $"Prediction sets of the level {PredictionLevels.TextOf(level)} from {result.HeldOut?.RowCount ?? 0:N0} rows: classes of "
                    + $"probability {sets.Threshold:G4} and more.");
            return new Coverage(Sets: sets);
        }
        if (options.PredictionIntervals is not { } levels)
            return Coverage.None;
        var request = new IntervalRequest<float>([.. levels], linkInTraining, settings) { Range = range, Scaling = targetScaling };
        FeatureAccess<float>? features = known is null ? null : new FeatureAccess<float>(
            known.RowCount, inputs.Description, targets => new RowTable<float>(known.Features, targets, known.ExampleWeights),
            (networks, rangeOfScales) => new Model<float>(networks, inputs.Scaling)
            {
                Layout = inputs.LayoutOfModel,
                Middles = inputs.Middles,
                SparseScaling = inputs.SparseScaling,
                Range = rangeOfScales,
            });
        bool learns = !result.WasCanceled;
        try
        {
            var intervals = IntervalTraining.Fit(result.HeldOut, targetCount, learns ? request with { Features = features } : request);
            log.Info(
                $"Prediction intervals of the levels {levels} from {result.HeldOut?.RowCount ?? 0:N0} rows: "
                    + $"{(intervals.Scales is null ? "as wide for every row" : "their width is learnt")}, {intervals.BinCount} parts of "
                    + "the range of predictions.");
            return new Coverage(intervals);
        }
        catch (OperationCanceledException) when (settings.ReturnBestOnCancellation)
        {
            log.Info("The training was cancelled while the widths of intervals were learnt; they are the same for every row.");
            return new Coverage(IntervalTraining.Fit(result.HeldOut, targetCount, request));
        }
    }
}
