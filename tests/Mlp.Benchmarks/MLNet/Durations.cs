namespace Mlp.Benchmarks;

/// <summary>The seconds that several runs of an action took.</summary>
/// <param name="Median">Half of the runs took longer.</param>
/// <param name="Fastest">The run that nothing disturbed.</param>
internal readonly record struct Durations(double Median, double Fastest);
