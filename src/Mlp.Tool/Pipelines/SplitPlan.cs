namespace Mlp.Tool.Pipelines;

/// <summary>Which rows test: a part of them drawn by a seed, of each class the same, or those that a column names.</summary>
/// <param name="TestFraction">In (0, 1); null with a column.</param>
/// <param name="Column">ML.NET's name of the column with "train" and "test"; null with a fraction.</param>
/// <param name="Seed">Of the drawing.</param>
internal sealed record SplitPlan(double? TestFraction, string? Column, int Seed);
