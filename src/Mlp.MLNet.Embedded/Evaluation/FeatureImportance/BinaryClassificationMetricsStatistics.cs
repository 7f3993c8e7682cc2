namespace Microsoft.ML.Data;

/// <summary>How much the metrics of two classes change when a feature is permuted.</summary>
public sealed class BinaryClassificationMetricsStatistics : IMetricsStatistics<BinaryClassificationMetrics>
{
    internal BinaryClassificationMetricsStatistics()
    {
    }

    public MetricStatistics AreaUnderRocCurve { get; } = new();

    public MetricStatistics Accuracy { get; } = new();

    public MetricStatistics PositivePrecision { get; } = new();

    public MetricStatistics PositiveRecall { get; } = new();

    public MetricStatistics NegativePrecision { get; } = new();

    public MetricStatistics NegativeRecall { get; } = new();

    public MetricStatistics F1Score { get; } = new();

    public MetricStatistics AreaUnderPrecisionRecallCurve { get; } = new();

    void IMetricsStatistics<BinaryClassificationMetrics>.Add(BinaryClassificationMetrics permuted, BinaryClassificationMetrics original)
    {
        AreaUnderRocCurve.Add(permuted.AreaUnderRocCurve - original.AreaUnderRocCurve);
        Accuracy.Add(permuted.Accuracy - original.Accuracy);
        PositivePrecision.Add(permuted.PositivePrecision - original.PositivePrecision);
        PositiveRecall.Add(permuted.PositiveRecall - original.PositiveRecall);
        NegativePrecision.Add(permuted.NegativePrecision - original.NegativePrecision);
        NegativeRecall.Add(permuted.NegativeRecall - original.NegativeRecall);
        F1Score.Add(permuted.F1Score - original.F1Score);
        AreaUnderPrecisionRecallCurve.Add(permuted.AreaUnderPrecisionRecallCurve - original.AreaUnderPrecisionRecallCurve);
    }
}
