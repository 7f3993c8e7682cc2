namespace Mlp.Tool.Models;

/// <summary>The labels of the rows that test.</summary>
/// <param name="Values">Class indices, or numbers; NaN for none.</param>
/// <param name="Summary">The same in short.</param>
internal sealed record TestLabels(IReadOnlyList<float> Values, LabelSummary Summary);
