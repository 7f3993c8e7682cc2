using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Models;

/// <summary>Chooses the threshold that is best on rows that did not train.</summary>
internal static class ThresholdChoice
{
    // A model never needs to be surer than this, and WithThreshold takes no 0 and no 1.
    private const double Least = 1e-4;

    /// <summary>The best threshold, in the middle between two probabilities that occur.</summary>
    /// <param name="kind">What is to be largest.</param>
    /// <param name="rows">Probability of the positive class, and whether the row is of it; both classes occur.</param>
    public static double Best(ThresholdKind kind, IReadOnlyCollection<(double Probability, bool IsPositive)> rows)
    {
        (double Probability, bool IsPositive)[] sorted = [.. rows.OrderByDescending(row => row.Probability)];
        int positives = sorted.Count(row => row.IsPositive), negatives = sorted.Length - positives;
        int hits = 0, alarms = 0;
        (double Value, double Threshold) best = (double.NegativeInfinity, 0.5);
        for (int row = 0; row < sorted.Length; row++)
        {
            hits += sorted[row].IsPositive ? 1 : 0;
            alarms += sorted[row].IsPositive ? 0 : 1;
            double next = row + 1 < sorted.Length ? sorted[row + 1].Probability : 0;
            // Rows of the same probability are on the same side.
            if (next == sorted[row].Probability)
                continue;
            double value = kind == ThresholdKind.F1
                ? 2.0 * hits / (hits + alarms + positives)
                : (double)hits / positives - (double)alarms / negatives;
            if (value > best.Value)
                best = (value, (next + sorted[row].Probability) / 2);
        }
        return Math.Clamp(best.Threshold, Least, 1 - Least);
    }
}
