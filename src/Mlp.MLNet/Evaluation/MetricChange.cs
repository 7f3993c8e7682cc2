namespace Mlp.MLNet;

/// <summary>By how much a metric changes when a feature is permuted, with the members of ML.NET's MetricStatistics.</summary>
/// <param name="Mean">Of the permutations: the metric with permuted values minus the metric without.</param>
/// <param name="StandardDeviation">Of the permutations; 0 for a single one.</param>
/// <param name="StandardError">Of the mean; 0 for a single permutation.</param>
/// <param name="Count">Permutations.</param>
public sealed record MetricChange(double Mean, double StandardDeviation, double StandardError, int Count)
{
    internal static MetricChange Of(IReadOnlyList<double> changes)
    {
        double mean = changes.Average();
        double deviation = changes.Count == 1
            ? 0 : Math.Sqrt(changes.Sum(change => (change - mean) * (change - mean)) / (changes.Count - 1));
        return new MetricChange(mean, deviation, deviation / Math.Sqrt(changes.Count), changes.Count);
    }
}
