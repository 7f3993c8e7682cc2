namespace Mlp.Data.Stores;

/// <summary>A number that looks random, of two others: the same on every machine.</summary>
/// <remarks>Source: the mixing function of SplitMix64, Steele, Lea and Flood 2014.</remarks>
internal static class RowHash
{
    public static ulong Of(ulong seed, long number) => Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ (ulong)number);

    /// <summary>A hash as one of 0, …, bound − 1, each with the same probability.</summary>
    public static int Below(int bound, ulong hash) => (int)Math.BigMul(hash, (ulong)bound, out _);

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
