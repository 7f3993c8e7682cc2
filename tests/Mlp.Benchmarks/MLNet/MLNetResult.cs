namespace Mlp.Benchmarks;

/// <summary>One row of the table of what Mlp.MLNet costs inside ML.NET.</summary>
/// <param name="Workload">What was done.</param>
/// <param name="Value">The median.</param>
/// <param name="Unit">Of value, reference and bar: ms, us/row, us or MB.</param>
/// <param name="ReferenceName">What it is compared with.</param>
/// <param name="Reference">The median of that; null when it cannot be had here.</param>
/// <param name="Bar">The value must not exceed it; null where none is set or the reference is missing.</param>
/// <param name="BarName">How the bar comes about.</param>
internal sealed record MLNetResult(
    string Workload, double Value, string Unit, string ReferenceName, double? Reference, double? Bar, string BarName)
{
    public bool? MeetsBar => Bar is null ? null : Value <= Bar;
}
