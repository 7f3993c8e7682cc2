namespace Microsoft.ML.Data;

/// <summary>How much the metrics of several classes change when a feature is permuted.</summary>
public sealed class MulticlassClassificationMetricsStatistics : IMetricsStatistics<MulticlassClassificationMetrics>
{
    private MetricStatistics[]? _perClassLogLoss;

    internal MulticlassClassificationMetricsStatistics()
    {
    }

    public MetricStatistics MacroAccuracy { get; } = new();

    public MetricStatistics MicroAccuracy { get; } = new();

    public MetricStatistics LogLoss { get; } = new();

    public MetricStatistics LogLossReduction { get; } = new();

    /// <summary>Always 0: permutation does not ask for the best K.</summary>
    public MetricStatistics TopKAccuracy { get; } = new();

    /// <summary>Null as long as nothing was measured.</summary>
    public IReadOnlyList<MetricStatistics> PerClassLogLoss => _perClassLogLoss!;

    void IMetricsStatistics<MulticlassClassificationMetrics>.Add(
        MulticlassClassificationMetrics permuted, MulticlassClassificationMetrics original)
    {
        MacroAccuracy.Add(permuted.MacroAccuracy - original.MacroAccuracy);
        MicroAccuracy.Add(permuted.MicroAccuracy - original.MicroAccuracy);
        LogLoss.Add(permuted.LogLoss - original.LogLoss);
        LogLossReduction.Add(permuted.LogLossReduction - original.LogLossReduction);
        TopKAccuracy.Add(permuted.TopKAccuracy - original.TopKAccuracy);
        _perClassLogLoss ??= [.. permuted.PerClassLogLoss.Select(_ => new MetricStatistics())];
        for (int i = 0; i < _perClassLogLoss.Length; i++)
            _perClassLogLoss[i].Add(permuted.PerClassLogLoss[i] - original.PerClassLogLoss[i]);
    }
}
