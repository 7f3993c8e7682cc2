using System.Runtime.InteropServices;

namespace Mlp.Soak.Concurrency;

/// <summary>What a prediction engine gives for a <see cref="SoakRow"/>.</summary>
internal sealed class SoakPrediction
{
    public float[] Score { get; set; } = [];

    /// <summary>Whether two vectors of scores are the same, bit for bit.</summary>
    public static bool AreSame(ReadOnlySpan<float> scores, ReadOnlySpan<float> others) =>
        MemoryMarshal.AsBytes(scores).SequenceEqual(MemoryMarshal.AsBytes(others));
}
