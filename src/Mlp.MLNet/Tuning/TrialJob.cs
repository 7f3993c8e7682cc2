using System.Globalization;
using Mlp.State;

namespace Mlp.MLNet.Tuning;

/// <summary>One network of a search: a job that any process can do.</summary>
/// <param name="Number">Of the trial; 0 for the trainer's own settings.</param>
/// <param name="Replica">0, and others where the same settings are trained several times.</param>
/// <param name="Fold">That is held out.</param>
/// <param name="Rung">In which the job is done, from 1.</param>
internal sealed record TrialJob(int Number, int Replica, int Fold, int Rung)
{
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"trial-{Number:D5}-{Replica}.fold-{Fold}");

    /// <summary>The seed of the network.</summary>
    public int SeedFor(int searchSeed) => SeedOf(searchSeed, Number, Replica, Fold);

    /// <summary>The seed of the networks that take a place of the model.</summary>
    public static int SeedOfPlace(int searchSeed, int place) => SeedOf(searchSeed, -1, place, 0);

    private static int SeedOf(int seed, int first, int second, int third) =>
        (int)new RandomSource(unchecked(((seed * 31 + first) * 31 + second) * 31 + third)).NextUInt64();
}
