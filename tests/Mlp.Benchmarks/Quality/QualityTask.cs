namespace Mlp.Benchmarks.Quality;

/// <summary>What is predicted.</summary>
internal enum QualityTask
{
    Binary,
    Multiclass,
    Regression,
}
