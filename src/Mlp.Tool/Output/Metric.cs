namespace Mlp.Tool.Output;

/// <summary>A figure of how good predictions are.</summary>
/// <param name="Name">For programs: "accuracy".</param>
/// <param name="Title">For people: "accuracy".</param>
/// <param name="Value">NaN where it is not defined.</param>
/// <param name="Baseline">The same of the best guess that looks at nothing but the training labels; NaN where it is not defined.</param>
/// <param name="Format">Of the number, as C# writes it.</param>
internal sealed record Metric(string Name, string Title, double Value, double Baseline, string Format);
