namespace Mlp.MLNet;

/// <summary>What the permutation of a feature changes in the metrics of several targets.</summary>
/// <param name="MeanRSquared">Of <see cref="MultiTargetRegressionMetrics.MeanRSquared"/>: the more negative, the more the feature
/// matters.</param>
/// <param name="MeanRootMeanSquaredError">Of <see cref="MultiTargetRegressionMetrics.MeanRootMeanSquaredError"/>.</param>
/// <param name="MeanAbsoluteError">Of <see cref="MultiTargetRegressionMetrics.MeanAbsoluteError"/>.</param>
public sealed record MultiTargetRegressionMetricsStatistics(
    MetricChange MeanRSquared, MetricChange MeanRootMeanSquaredError, MetricChange MeanAbsoluteError);
