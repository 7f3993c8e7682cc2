namespace Mlp.Benchmarks.Quality;

/// <summary>What was wanted and what was found.</summary>
/// <param name="Wanted">In words.</param>
/// <param name="Found">In words.</param>
/// <param name="IsMet">Null where it could not be measured.</param>
internal sealed record QualityBar(string Wanted, string Found, bool? IsMet);
