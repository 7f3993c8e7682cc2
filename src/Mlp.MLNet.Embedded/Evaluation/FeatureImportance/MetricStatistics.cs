namespace Microsoft.ML.Data;

/// <summary>What repeated measurements of a metric have in common: mean and spread, by Welford's method.</summary>
public sealed class MetricStatistics
{
    private double _sumOfSquares;

    internal MetricStatistics()
    {
    }

    public double Mean { get; private set; }

    /// <summary>Of the sample, with Count - 1 in the denominator; 0 for a single measurement.</summary>
    public double StandardDeviation => Count <= 1 ? 0 : Math.Sqrt(_sumOfSquares / Count * Count / (Count - 1));

    /// <summary>Of the mean.</summary>
    public double StandardError => Count <= 1 ? 0 : StandardDeviation / Math.Sqrt(Count);

    public int Count { get; private set; }

    internal void Add(double metric)
    {
        double delta = metric - Mean;
        double step = delta / (Count + 1);
        _sumOfSquares += Count * delta * step;
        Mean += step;
        Count++;
    }
}
