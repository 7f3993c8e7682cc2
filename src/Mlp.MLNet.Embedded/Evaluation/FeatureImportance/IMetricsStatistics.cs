namespace Microsoft.ML.Data;

/// <summary>Collects how metrics differ between permuted features and the original ones.</summary>
internal interface IMetricsStatistics<TMetrics>
{
    void Add(TMetrics permuted, TMetrics original);
}
