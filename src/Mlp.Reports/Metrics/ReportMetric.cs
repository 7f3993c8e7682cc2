namespace Mlp.Reports;

/// <summary>A figure of merit with its uncertainty.</summary>
/// <param name="Name">What it is: "Accuracy".</param>
/// <param name="Value">On the test rows; NaN where it is not defined for them.</param>
/// <param name="Low">The lower end of its 95 % confidence interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Method">How the interval was made: "Wilson" or "bootstrap".</param>
/// <param name="Baseline">The same figure of a model that knows the training labels and no features; null where that says nothing.</param>
/// <param name="IsShare">Whether it lies in [0, 1] and reads well as a percentage.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
public sealed record ReportMetric(
    string Name, double Value, double Low, double High, string Method, double? Baseline, bool IsShare, bool HigherIsBetter);
