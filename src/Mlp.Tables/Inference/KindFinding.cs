namespace Mlp.Tables.Inference;

/// <summary>What a column is.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Reason">Why: one sentence.</param>
/// <param name="IsPlain">Whether the reason is that of every column of this kind, and goes without saying in a list.</param>
internal sealed record KindFinding(ColumnKind Kind, string Reason, bool IsPlain = false);
