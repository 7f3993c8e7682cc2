namespace Mlp.Benchmarks.Quality;

/// <summary>What several models reach on one set.</summary>
/// <param name="Set">The table.</param>
/// <param name="HigherIsBetter">True for accuracy and AUC, false for losses and errors.</param>
/// <param name="Scores">By model.</param>
internal sealed record Contest(string Set, bool HigherIsBetter, IReadOnlyDictionary<string, double> Scores);
