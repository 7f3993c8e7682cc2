namespace Mlp.Benchmarks.Quality;

/// <summary>What becomes of a missing number before the trainer.</summary>
internal enum MissingNumbers
{
    /// <summary>It becomes the mean of its column in the training rows.</summary>
    Replace,

    /// <summary>It stays NaN: the trainer makes of it what it can.</summary>
    Learn,
}
