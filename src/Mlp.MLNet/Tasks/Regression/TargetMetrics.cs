namespace Mlp.MLNet;

/// <summary>How well one of several targets was predicted.</summary>
/// <param name="Name">Its slot name; its index where slots have no names.</param>
/// <param name="RSquared">1 − squared errors / squared deviations from the mean; NaN when the target is constant.</param>
/// <param name="RootMeanSquaredError">In the target's unit.</param>
/// <param name="MeanAbsoluteError">In the target's unit.</param>
public sealed record TargetMetrics(string Name, double RSquared, double RootMeanSquaredError, double MeanAbsoluteError);
