namespace Mlp.Tables;

/// <summary>One class of the label.</summary>
/// <param name="Value">As the file writes it, without quotes and blanks around it; what the view gives.</param>
/// <param name="Count">Rows of this class, at least 1.</param>
public sealed record LabelClass(string Value, long Count);
