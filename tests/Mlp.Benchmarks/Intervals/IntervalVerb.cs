using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Intervals;

/// <summary>The verb intervals: what the prediction intervals of the regression trainer hold and how wide they are, beside LightGBM's
/// quantiles.</summary>
/// <param name="Level">Of the intervals.</param>
/// <param name="SeedCount">Trainings of each table; figures are their means.</param>
/// <param name="IsInner">Whether to judge on a fifth of the training rows, so that nothing is chosen by test rows.</param>
/// <param name="Preset">Of the trainer.</param>
/// <param name="WithPeer">Whether LightGBM is fitted, too.</param>
/// <param name="Rounds">Trainings with and without intervals that the clock runs for, of the first seed; 0 for none.</param>
internal sealed record IntervalVerb(double Level, int SeedCount, bool IsInner, MlpPreset Preset, bool WithPeer, int Rounds)
{
    private const string Header =
        "| table | rows judged | coverage | by quarter of the prediction | mean width | LightGBM: coverage | mean width | width, ours / "
            + "LightGBM | Fit, with / without | kept |\n|---|---|---|---|---|---|---|---|---|---|";

    /// <param name="folder">With the tables.</param>
    /// <param name="only">Names of tables; none for all with numbers as labels.</param>
    public void Run(string folder, IReadOnlyList<string> only)
    {
        Console.WriteLine(Header);
        IReadOnlyList<string> names = only.Count > 0 ? only : [QualitySet.Tables, MixedSets.Group];
        foreach (QualitySet set in QualitySet.ReadAll(folder, [.. names]).Where(set => set.Task == QualityTask.Regression))
        {
            var rows = QualityRows.Read(set, folder, withTest: !IsInner);
            (IntervalFigures Own, IntervalFigures? Peer, double TimeRatio)[] results =
                [.. Enumerable.Range(0, SeedCount).Select(seed => Measure(set, rows, seed))];
            var own = IntervalFigures.Mean([.. results.Select(result => result.Own)]);
            IntervalFigures? peer = WithPeer ? IntervalFigures.Mean([.. results.Select(result => result.Peer!)]) : null;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set.Name} | {own.RowCount:N0} | {own.Coverage:P1} | {own.QuartersText} | {own.Width:G4} | {peer?.Coverage:P1} | "
                    + $"{peer?.Width:G4} | {own.Width / peer?.Width:F3} | {results[0].TimeRatio:F2} | "
                    + $"{(own.Keeps(Level) ? "yes" : "no")} |"));
        }
    }

    private (IntervalFigures Own, IntervalFigures? Peer, double TimeRatio) Measure(QualitySet set, QualityRows rows, int seed)
    {
        bool[] isJudged = IsInner ? InnerSplit.HeldOut(null, rows.Labels.Count, seed) : [.. rows.IsTest];
        int[] Where(bool judged) => [.. Enumerable.Range(0, isJudged.Length).Where(row => isJudged[row] == judged)];
        var part = new TrainingPart(set, rows, Where(false), seed);
        IDataView judged = part.ViewOf(Where(true));
        _ = part.View;
        (ITransformer model, double with) = Fit(isAsked: true);
        double without = double.NaN;
        // The least of several: what is compiled on the way, and what else the machine does, is not counted.
        for (int round = 0; round < (seed == 0 ? Rounds : 0); round++)
            (with, without) = (Math.Min(with, Fit(isAsked: true).Seconds), Math.Min(Fit(isAsked: false).Seconds, round == 0
                ? double.PositiveInfinity : without));
        IDataView scored = model.Transform(judged);
        float[] labels = [.. scored.GetColumn<float>(QualityRows.Label)], scores = [.. scored.GetColumn<float>("Score")];
        (double, double)[] intervals = [.. scored.GetColumn<float>("Score.Lower")
            .Zip(scored.GetColumn<float>("Score.Upper"), (lower, upper) => ((double)lower, (double)upper))];
        var own = IntervalFigures.Of(intervals, labels, scores);
        if (!WithPeer)
            return (own, null, with / without);
        IDataView train = model.Transform(part.View);
        (double, double)[] trees = QuantileTrees.Fit(
            Features(train), [.. train.GetColumn<float>(QualityRows.Label)], Features(scored), Level, seed);
        return (own, IntervalFigures.Of(trees, labels, scores), with / without);

        (ITransformer Model, double Seconds) Fit(bool isAsked)
        {
            var options = new MlpRegressionTrainer.Options(Preset) { Seed = seed, PredictionIntervals = isAsked ? Level : null };
            IEstimator<ITransformer> pipeline = QualityPipeline.Create(
                part.ML, set, part.ML.Regression.Trainers.Mlp(options), set.Missing);
            TimeSpan used = Environment.CpuUsage.TotalTime;
            ITransformer fitted = pipeline.Fit(part.View);
            return (fitted, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }
    }

    private static float[] Features(IDataView view) => [.. view.GetColumn<float[]>(QualityPipeline.Features).SelectMany(row => row)];
}
