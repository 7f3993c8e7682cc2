namespace Microsoft.ML.Data;

/// <summary>How much the metrics of predicted numbers change when a feature is permuted.</summary>
public sealed class RegressionMetricsStatistics : IMetricsStatistics<RegressionMetrics>
{
    internal RegressionMetricsStatistics()
    {
    }

    public MetricStatistics MeanAbsoluteError { get; } = new();

    public MetricStatistics MeanSquaredError { get; } = new();

    public MetricStatistics RootMeanSquaredError { get; } = new();

    public MetricStatistics LossFunction { get; } = new();

    public MetricStatistics RSquared { get; } = new();

    void IMetricsStatistics<RegressionMetrics>.Add(RegressionMetrics permuted, RegressionMetrics original)
    {
        MeanAbsoluteError.Add(permuted.MeanAbsoluteError - original.MeanAbsoluteError);
        MeanSquaredError.Add(permuted.MeanSquaredError - original.MeanSquaredError);
        RootMeanSquaredError.Add(permuted.RootMeanSquaredError - original.RootMeanSquaredError);
        LossFunction.Add(permuted.LossFunction - original.LossFunction);
        RSquared.Add(permuted.RSquared - original.RSquared);
    }
}
