using Mlp.Tool.Output;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>Whether a model has learnt anything, from its metrics and those of the guess.</summary>
internal static class Verdict
{
    // Fewer rows are told apart without an error now and then.
    private const int RowsOfPerfection = 100;

    /// <summary>Whether the model is no better than the guess: no loss is smaller by more than chance. A regression whose squared error
    /// is above that of the test rows' own mean is never better.</summary>
    /// <param name="task">Of the model.</param>
    /// <param name="metrics">Of the task.</param>
    /// <param name="differences">Of the losses, row by row: <see cref="GuessComparison"/>.</param>
    /// <param name="rowCount">Test rows.</param>
    public static bool IsNoBetterThanGuess(
        ModelTask task, IReadOnlyList<Metric> metrics, IReadOnlyList<PairedDifference> differences, long rowCount) =>
        task.IsOfNoUse(metrics)
        || !differences.Any(difference => difference.IsBeyondChance) && !task.RanksBetter(metrics, rowCount);

    /// <summary>Whether the model makes so few errors that a column may hold the label.</summary>
    public static bool IsTooGood(ModelTask task, IReadOnlyList<Metric> metrics, long rowCount) =>
        rowCount >= RowsOfPerfection && task.IsTooGood(metrics);

    /// <summary>The warning for a model that is no better than the guess.</summary>
    public static string NoBetterText(ModelTask task, IReadOnlyList<Metric> metrics, string guess)
    {
        var metric = Metric.Find(metrics, task.LeadingMetric);
        return $"This model is no better than the guess \"{guess}\": {metric.Title} {Figures.Value(metric.Value, metric.Format)} against "
            + $"{Figures.Value(metric.Baseline, metric.Format)}. It has learnt nothing of use from these columns; do not use it. Give it "
            + "columns that have to do with the label, or more rows.";
    }
}
