namespace Mlp.Reports;

/// <summary>A metric with its confidence interval.</summary>
/// <param name="Name">Such as "Accuracy".</param>
/// <param name="Value">On the test rows; NaN where it is undefined for them.</param>
/// <param name="Low">The lower end of its 95 % confidence interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Method">How the interval was computed: "Wilson" or "bootstrap".</param>
/// <param name="Baseline">The metric of a model that knows the training labels and no features; null where it has no meaning.</param>
/// <param name="IsShare">Whether it lies in [0, 1] and is shown as a percentage.</param>
/// <param name="HigherIsBetter">Whether a larger value is a better one.</param>
public sealed record ReportMetric(
    string Name, double Value, double Low, double High, string Method, double? Baseline, bool IsShare, bool HigherIsBetter)
{
    /// <summary>The label's, of an error of numbers; empty for none.</summary>
    internal string Unit { get; init; } = "";
}
