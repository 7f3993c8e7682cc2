namespace Mlp.Tool.Tasks;

/// <summary>The labels of the test rows.</summary>
/// <param name="Values">Class indices, or numbers; NaN for none.</param>
/// <param name="Summary">Their summary.</param>
internal sealed record TestLabels(IReadOnlyList<float> Values, LabelSummary Summary);
