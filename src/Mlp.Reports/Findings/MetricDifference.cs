using Mlp.Reports.Metrics;

namespace Mlp.Reports.Findings;

/// <summary>A metric of two models on the same rows.</summary>
/// <param name="Metric">Its name and its direction.</param>
/// <param name="First">NaN where it is undefined, as all numbers.</param>
/// <param name="Second">Of the second model.</param>
/// <param name="StandardError">Of the difference.</param>
/// <param name="Low">The lower end of the 95 % interval of the difference.</param>
/// <param name="High">The upper end.</param>
internal sealed record MetricDifference(
    MetricDefinition Metric, double First, double Second, double StandardError, double Low, double High)
{
    /// <summary>The second minus the first.</summary>
    public double Difference => Second - First;

    /// <summary>Whether the interval does not hold 0.</summary>
    public bool IsBeyondNoise => Low > 0 || High < 0;

    /// <summary>Whether the second model is better, beyond noise or not.</summary>
    public bool IsSecondBetter => Metric.HigherIsBetter ? Difference > 0 : Difference < 0;

    /// <summary>How many standard errors the second model is better; negative where it is worse, 0 where the models do not
    /// differ.</summary>
    public double Strength => Difference == 0 || !double.IsFinite(StandardError) || StandardError == 0 ? 0
        : (Metric.HigherIsBetter ? Difference : -Difference) / StandardError;
}
