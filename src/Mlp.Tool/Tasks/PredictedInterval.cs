namespace Mlp.Tool.Tasks;

/// <summary>Where a number lies.</summary>
/// <param name="Level">How often it does, in (0, 1).</param>
/// <param name="Lower">NaN where there is no prediction.</param>
/// <param name="Upper">NaN where there is no prediction.</param>
internal sealed record PredictedInterval(double Level, float Lower, float Upper);
