using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mlp.Numerics;

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
    // Some 5 µs of arithmetic on numbers in the cache.
    private const int CountWorthSharing = 1 << 15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TLoop>(TLoop loop, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : struct, IVectorLoop<T>, allows ref struct =>
        Run<T, TLoop>(in loop, 0, (nuint)count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<T, TLoop>(ref readonly TLoop loop, nuint offset, nuint end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : struct, IVectorLoop<T>, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated && end - offset >= (nuint)Vector512<T>.Count)
            offset = RunLanes<T, TLoop, Lanes512<T>>(in loop, offset, end);
        if (Vector256.IsHardwareAccelerated && end - offset >= (nuint)Vector256<T>.Count)
            offset = RunLanes<T, TLoop, Lanes256<T>>(in loop, offset, end);
        if (Vector128.IsHardwareAccelerated && end - offset >= (nuint)Vector128<T>.Count)
            offset = RunLanes<T, TLoop, Lanes128<T>>(in loop, offset, end);
        if (offset < end)
            RunLanes<T, TLoop, Lanes1<T>>(in loop, offset, end);
    }

    /// <summary>Runs a loop, shared among threads where that pays. The bits are those of one thread.</summary>
    public static unsafe void Run<T, TLoop>(TLoop loop, int count, ThreadTeam team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : struct, IVectorLoop<T>, allows ref struct
    {
        if (team.ThreadCount == 1 || count < CountWorthSharing)
        {
            Run<T, TLoop>(loop, count);
            return;
        }
        // The loop stays on this stack until every thread is done with it.
        team.Run(&RunRange<T, TLoop>, Unsafe.AsPointer(ref loop), count);
    }

    private static unsafe void RunRange<T, TLoop>(void* loop, int start, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : struct, IVectorLoop<T>, allows ref struct =>
        Run<T, TLoop>(in Unsafe.AsRef<TLoop>(loop), (nuint)start, (nuint)end);

    // A method for each width, optimized from the first call on: together they exceed what the JIT is willing to inline, and it
    // then calls the arithmetic of each single vector.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nuint RunLanes<T, TLoop, TLanes>(ref readonly TLoop loop, nuint offset, nuint end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoop : struct, IVectorLoop<T>, allows ref struct
        where TLanes : struct, ILanes<TLanes, T>
    {
        // A copy, whose fields can live in registers.
        TLoop local = loop;
        for (; offset + (nuint)TLanes.Count <= end; offset += (nuint)TLanes.Count)
            local.Invoke<TLanes>(offset);
        return offset;
    }
}
