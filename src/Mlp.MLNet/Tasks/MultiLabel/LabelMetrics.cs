namespace Mlp.MLNet;

/// <summary>How well one of several labels was predicted.</summary>
/// <param name="Name">Its slot name; its index where slots have no names.</param>
/// <param name="PositiveCount">Rows in which it applies.</param>
/// <param name="Accuracy">The share of rows in which it was predicted rightly.</param>
/// <param name="Precision">The share of its predictions that are right; 0 without any.</param>
/// <param name="Recall">The share of its rows that were found; 0 without any.</param>
/// <param name="F1Score">The harmonic mean of precision and recall; 0 when both are.</param>
public sealed record LabelMetrics(string Name, long PositiveCount, double Accuracy, double Precision, double Recall, double F1Score);
