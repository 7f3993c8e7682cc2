namespace Mlp.MLNet;

/// <summary>What the permutation of a feature changes in the metrics of labels that do not exclude each other.</summary>
/// <param name="MicroF1Score">Of <see cref="MultiLabelMetrics.MicroF1Score"/>: the more negative, the more the feature matters.</param>
/// <param name="MacroF1Score">Of <see cref="MultiLabelMetrics.MacroF1Score"/>.</param>
/// <param name="HammingLoss">Of <see cref="MultiLabelMetrics.HammingLoss"/>: the larger, the more the feature matters.</param>
/// <param name="SubsetAccuracy">Of <see cref="MultiLabelMetrics.SubsetAccuracy"/>.</param>
public sealed record MultiLabelMetricsStatistics(
    MetricChange MicroF1Score, MetricChange MacroF1Score, MetricChange HammingLoss, MetricChange SubsetAccuracy);
