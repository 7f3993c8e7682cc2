using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mlp.Kernels;

/// <summary>What a loop over flat spans does at one position, for any number of lanes.</summary>
internal interface IVectorLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Does the work for the elements offset, …, offset + TLanes.Count − 1.</summary>
    void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>;
}

/// <summary>The one traversal of flat spans: 512 → 256 → 128 bits → scalar, each width where the processor has it.</summary>
internal static class VectorLoop
{
    public static void Run<T, TLoop>(TLoop loop, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : struct, IVectorLoop<T>, allows ref struct
    {
        nuint offset = 0, end = (nuint)count;
        if (Vector512.IsHardwareAccelerated)
            offset = RunLanes<T, TLoop, Lanes512<T>>(ref loop, offset, end);
        if (Vector256.IsHardwareAccelerated)
            offset = RunLanes<T, TLoop, Lanes256<T>>(ref loop, offset, end);
        if (Vector128.IsHardwareAccelerated)
            offset = RunLanes<T, TLoop, Lanes128<T>>(ref loop, offset, end);
        RunLanes<T, TLoop, Lanes1<T>>(ref loop, offset, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint RunLanes<T, TLoop, TLanes>(ref TLoop loop, nuint offset, nuint end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : struct, IVectorLoop<T>, allows ref struct
        where TLanes : struct, ILanes<TLanes, T>
    {
        for (; offset + (nuint)TLanes.Count <= end; offset += (nuint)TLanes.Count)
            loop.Invoke<TLanes>(offset);
        return offset;
    }
}
