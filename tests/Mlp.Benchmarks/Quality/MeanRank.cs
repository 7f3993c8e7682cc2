namespace Mlp.Benchmarks.Quality;

/// <summary>How a model does on the average.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Rank">1 is best.</param>
/// <param name="SetCount">The sets it is a mean over.</param>
internal sealed record MeanRank(string Model, double Rank, int SetCount);
