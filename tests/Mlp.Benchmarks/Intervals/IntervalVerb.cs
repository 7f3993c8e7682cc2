using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Intervals;

/// <summary>The verb intervals: what the prediction intervals of the regression trainer hold and how wide they are, beside LightGBM's
/// quantiles.</summary>
internal static class IntervalVerb
{
    /// <param name="folder">With the tables.</param>
    /// <param name="only">Names of tables; none for all with numbers as labels.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="seedCount">Trainings of each table; figures are their means.</param>
    /// <param name="isInner">Whether to judge on a fifth of the training rows, so that nothing is chosen by test rows.</param>
    /// <param name="preset">Of the trainer.</param>
    /// <param name="withPeer">Whether LightGBM is fitted, too.</param>
    public static void Run(
        string folder, IReadOnlyList<string> only, double level, int seedCount, bool isInner, MlpPreset preset, bool withPeer)
    {
        IReadOnlyList<string> names = only.Count > 0 ? only : [QualitySet.Tables, MixedSets.Group];
        Console.WriteLine("| table | rows judged | coverage | by quarter of the prediction | mean width | LightGBM: coverage | mean width "
            + "| width, ours / LightGBM | Fit, with / without | kept |\n|---|---|---|---|---|---|---|---|---|---|");
        foreach (QualitySet set in QualitySet.ReadAll(folder, [.. names]).Where(set => set.Task == QualityTask.Regression))
        {
            var rows = QualityRows.Read(set, folder, withTest: !isInner);
            for (int seed = 0; seed < seedCount; seed++)
                Measure(set, rows, level, seed, isInner, preset, withPeer);
        }
    }

    private static void Measure(QualitySet set, QualityRows rows, double level, int seed, bool isInner, MlpPreset preset, bool withPeer)
    {
        bool[] isJudged = isInner ? InnerSplit.HeldOut(null, rows.Labels.Count, seed) : [.. rows.IsTest];
        int[] Where(bool judged) => [.. Enumerable.Range(0, isJudged.Length).Where(row => isJudged[row] == judged)];
        var part = new TrainingPart(set, rows, Where(false), seed);
        IDataView judged = part.ViewOf(Where(true));
        _ = part.View;
        (ITransformer model, double with) = Fit(level);
        (_, double without) = Fit(null);
        // The least of several: what is compiled on the way, and what else the machine does, is not counted.
        for (int again = 0; again < 2; again++)
            (with, without) = (Math.Min(with, Fit(level).Seconds), Math.Min(without, Fit(null).Seconds));
        IDataView scored = model.Transform(judged);
        float[] labels = [.. scored.GetColumn<float>(QualityRows.Label)], scores = [.. scored.GetColumn<float>("Score")];
        (double, double)[] intervals = [.. scored.GetColumn<float>("Score.Lower")
            .Zip(scored.GetColumn<float>("Score.Upper"), (lower, upper) => ((double)lower, (double)upper))];
        var own = IntervalFigures.Of(intervals, labels, scores);
        IntervalFigures? peer = null;
        if (withPeer)
        {
            IDataView train = model.Transform(part.View);
            peer = IntervalFigures.Of(
                QuantileTrees.Fit(Features(train), [.. train.GetColumn<float>(QualityRows.Label)], Features(scored), level, seed),
                labels, scores);
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {set.Name} | {labels.Length:N0} | {own.Coverage:P1} | {string.Join(", ", own.Quarters.Select(part => part.ToString("P1", CultureInfo.InvariantCulture)))} | {own.Width:G4} | {peer?.Coverage:P1} | {peer?.Width:G4} | {own.Width / peer?.Width:F3} | {with / without:F2} ({with:F1} s) | {(own.Keeps(level, labels.Length) ? "yes" : "no")} |"));

        (ITransformer Model, double Seconds) Fit(double? wanted)
        {
            var options = new MlpRegressionTrainer.Options(preset) { Seed = seed, PredictionIntervals = wanted is double one ? one : null };
            IEstimator<ITransformer> pipeline = QualityPipeline.Create(
                part.ML, set, part.ML.Regression.Trainers.Mlp(options), set.Missing);
            TimeSpan used = Environment.CpuUsage.TotalTime;
            ITransformer fitted = pipeline.Fit(part.View);
            return (fitted, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }
    }

    private static float[] Features(IDataView view) => [.. view.GetColumn<float[]>(QualityPipeline.Features).SelectMany(row => row)];
}
