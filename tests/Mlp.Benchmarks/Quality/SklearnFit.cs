namespace Mlp.Benchmarks.Quality;

/// <summary>A line of sklearn_fit_times.py.</summary>
/// <param name="Set">The table.</param>
/// <param name="Threads">"one", or "as it comes" for the library's own choice.</param>
/// <param name="Seconds">Median of up to three fits of MLPClassifier or MLPRegressor with default settings, the features prepared
/// before.</param>
/// <param name="Epochs">Of the last of them.</param>
internal sealed record SklearnFit(string Set, string Threads, double Seconds, int Epochs);
