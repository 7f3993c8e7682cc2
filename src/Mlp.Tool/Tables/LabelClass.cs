namespace Mlp.Tool.Tables;

/// <summary>One class of the label.</summary>
/// <param name="Value">As the file writes it, without quotes; what the loader yields when the column is read as text.</param>
/// <param name="Count">Rows of this class, at least 1.</param>
internal sealed record LabelClass(string Value, long Count);
