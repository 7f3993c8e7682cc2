namespace Mlp.TestSupport.Fuzzing;

/// <summary>How long a run goes on: to whichever comes first, and for one file at least.</summary>
/// <param name="Time">How long; null for as long as it takes, as a test wants it: a busy machine must not end it sooner.</param>
/// <param name="MaxInputCount">How many files.</param>
/// <param name="SystematicStride">
/// Of the damage that is listed and not drawn (<see cref="FuzzTarget.EveryDamage"/>), each how many-th file is tried: 1 for all.
/// </param>
/// <param name="ThreadCount">Threads that try. With one, the same seed gives the same files.</param>
/// <param name="SecondsOfFile">Processor time that the reading of a file may take.</param>
public sealed record FuzzLimits(
    TimeSpan? Time = null, long MaxInputCount = long.MaxValue, int SystematicStride = 1, int ThreadCount = 1, double SecondsOfFile = 1);
