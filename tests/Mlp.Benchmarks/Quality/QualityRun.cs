using System.Diagnostics;
using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>Fits contenders to one set and judges them, on its test rows or on a part of its training rows.</summary>
/// <param name="set">The table.</param>
/// <param name="rows">Its rows; without test rows when validating.</param>
/// <param name="validating">Whether to judge on some of the training rows: a fifth of them.</param>
/// <param name="innerRows">How many rows <see cref="InnerSplit.Sample"/> is to fit on, when it and not a fifth decides.</param>
internal sealed class QualityRun(QualitySet set, QualityRows rows, bool validating, int? innerRows = null)
{
    private double _secondsOfLast;

    /// <summary>Fits one contender; the rows are in memory before its clock runs.</summary>
    public Measurement Measure(IContender contender, int seed)
    {
        (int[] train, int[] judged) = Split(seed);
        var part = new TrainingPart(set, rows, train, seed) { SecondsOfLast = _secondsOfLast };
        IDataView judgedView = part.ViewOf(judged);
        double prior = Prior(train, judged);
        _ = part.View;
        // What an earlier fit left behind is not collected on this one's time.
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        try
        {
            ITransformer model = contender.Fit(part);
            (double seconds, double processorSeconds) = Times();
            IDataView scored = model.Transform(judgedView);
            string? failure = Judgement.IsConstant(set, scored) ? "The model gives every row the same score." : null;
            _secondsOfLast = processorSeconds;
            return new Measurement(
                set.Name, contender.Name, seed, seconds, processorSeconds, prior, Judgement.Of(part.ML, set, scored), failure)
            {
                RowLosses = Judgement.RowLosses(set, scored),
            };
        }
        catch (TrainingDivergedException exception)
        {
            (double seconds, double processorSeconds) = Times();
            return new Measurement(
                set.Name, contender.Name, seed, seconds, processorSeconds, prior, new Dictionary<string, double>(), exception.Message);
        }

        (double Seconds, double ProcessorSeconds) Times() =>
            (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }

    private (int[] Train, int[] Judged) Split(int seed)
    {
        if (innerRows is { } most)
            return InnerSplit.Sample(rows.Labels.Count, most, seed);
        bool[] isJudged = validating
            ? InnerSplit.HeldOut(set.Task == QualityTask.Regression ? null : rows.Labels, rows.Labels.Count, seed)
            : [.. rows.IsTest];
        return (Where(false), Where(true));

        int[] Where(bool judged) => [.. Enumerable.Range(0, isJudged.Length).Where(row => isJudged[row] == judged)];
    }

    private double Prior(int[] train, int[] judged)
    {
        string[] trainLabels = Array.ConvertAll(train, row => rows.Labels[row]),
            judgedLabels = Array.ConvertAll(judged, row => rows.Labels[row]);
        return set.Task == QualityTask.Regression
            ? PriorLoss.OfNumbers(trainLabels, judgedLabels)
            : PriorLoss.OfClasses(trainLabels, judgedLabels);
    }
}
