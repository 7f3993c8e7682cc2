namespace Mlp.MLNet.Reading;

/// <summary>What a task has to know of the targets of all rows before it is trained.</summary>
/// <param name="Only">The target of all rows, if they have one target each and it is the same.</param>
/// <param name="TooLarge">A row, counted from 1, with a target that is too large to be scaled, and that target; null for none.</param>
/// <param name="Every">"all 1,200 rows", for messages.</param>
internal sealed record TargetSummary(float? Only, (long Row, float Value)? TooLarge, string Every);
