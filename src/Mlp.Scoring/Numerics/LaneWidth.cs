using System.Runtime.Intrinsics;

namespace Mlp.Scoring.Numerics;

/// <summary>How wide the vectors are.</summary>
internal static class LaneWidth
{
    /// <summary>Lanes of the widest vectors that the processor has.</summary>
    public static int Widest => Vector512.IsHardwareAccelerated ? Vector512<float>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<float>.Count : Vector128<float>.Count;

    /// <summary>A count rounded up to whole vectors of the widest kind: buffers are that long, so that no loop has a tail.</summary>
    public static int RoundUp(int count) => checked((count + Widest - 1) / Widest * Widest);
}
