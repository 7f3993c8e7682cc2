using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Models;

/// <summary>Whether a model has learnt anything, from its metrics and those of the guess.</summary>
internal static class Verdict
{
    // From here on a model is more likely to have been told the label than to have learnt it.
    private const double PerfectAccuracy = 0.9995, PerfectRSquared = 0.9999;

    // Fewer rows are told apart without an error now and then.
    private const int RowsOfPerfection = 100;

    /// <summary>Whether the model is no better than the guess: no loss is smaller by more than chance. A regression whose squared error
    /// is above that of the test rows' own mean is never better.</summary>
    /// <param name="task">Of the model.</param>
    /// <param name="metrics">As <see cref="MetricDefinitions"/> names them.</param>
    /// <param name="differences">Of the losses, row by row: <see cref="GuessComparison"/>.</param>
    /// <param name="rowCount">Test rows.</param>
    public static bool IsNoBetterThanGuess(
        TableTask task, IReadOnlyList<Metric> metrics, IReadOnlyList<PairedDifference> differences, long rowCount) =>
        task == TableTask.Regression && Find(metrics, "rSquared").Value <= 0
        || !differences.Any(difference => difference.IsBeyondChance) && !RanksBetter(task, metrics, rowCount);

    /// <summary>Whether the model makes so few errors that a column may hold the label.</summary>
    public static bool IsTooGood(TableTask task, IReadOnlyList<Metric> metrics, long rowCount) =>
        rowCount >= RowsOfPerfection && (task == TableTask.Regression
            ? Find(metrics, "rSquared").Value >= PerfectRSquared : Find(metrics, "accuracy").Value >= PerfectAccuracy);

    /// <summary>The warning for a model that is no better than the guess.</summary>
    public static string NoBetterText(TableTask task, IReadOnlyList<Metric> metrics, string guess)
    {
        Metric metric = Find(metrics, task == TableTask.Regression ? "rootMeanSquaredError" : "accuracy");
        return $"This model is no better than the guess \"{guess}\": {metric.Title} {Figures.Value(metric.Value, metric.Format)} against "
            + $"{Figures.Value(metric.Baseline, metric.Format)}. It has learnt nothing of use from these columns; do not use it. Give it "
            + "columns that have to do with the label, or more rows.";
    }

    /// <summary>Whether a binary model puts positive rows above negative ones more often than by chance: by more than two standard
    /// errors of the area under the ROC curve of random scores, sqrt((1 / positives + 1 / negatives) / 12) for many rows.</summary>
    private static bool RanksBetter(TableTask task, IReadOnlyList<Metric> metrics, long rowCount)
    {
        if (task != TableTask.Binary)
            return false;
        double positives = Find(metrics, "areaUnderPrecisionRecallCurve").Baseline * rowCount, negatives = rowCount - positives;
        return Find(metrics, "areaUnderRocCurve").Value > 0.5 + 2 * Math.Sqrt((1 / positives + 1 / negatives) / 12);
    }

    private static Metric Find(IReadOnlyList<Metric> metrics, string name) => metrics.First(metric => metric.Name == name);
}
