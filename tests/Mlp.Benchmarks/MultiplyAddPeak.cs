using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mlp.Numerics;

namespace Mlp.Benchmarks;

/// <summary>What one thread of this processor can do at most: independent multiply-adds, operands in registers.</summary>
internal static class MultiplyAddPeak
{
    /// <summary>In 1e9 operations per second in single precision; a multiply-add counts as two per lane.</summary>
    public static double Measure() =>
        Vector512.IsHardwareAccelerated ? Measure<Lanes512<float>>()
        : Vector256.IsHardwareAccelerated ? Measure<Lanes256<float>>()
        : Vector128.IsHardwareAccelerated ? Measure<Lanes128<float>>()
        : Measure<Lanes1<float>>();

    private static double Measure<TLanes>()
        where TLanes : struct, ILanes<TLanes, float>
    {
        const int Count = 10_000_000;
        double best = 0;
        var sums = new float[TLanes.Count];
        for (int round = 0; round < 10; round++)
        {
            long start = Stopwatch.GetTimestamp();
            TLanes.Store(Run<TLanes>(Count), ref sums[0], 0);
            best = Math.Max(best, Count * 12.0 * TLanes.Count * 2 / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes Run<TLanes>(int count)
        where TLanes : struct, ILanes<TLanes, float>
    {
        TLanes x = TLanes.Create(0.5f), y = TLanes.Create(0.25f);
        TLanes a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = 0; round < count; round++)
        {
            a = TLanes.MultiplyAdd(a, x, y); b = TLanes.MultiplyAdd(b, x, y);
            c = TLanes.MultiplyAdd(c, x, y); d = TLanes.MultiplyAdd(d, x, y);
            e = TLanes.MultiplyAdd(e, x, y); f = TLanes.MultiplyAdd(f, x, y);
            g = TLanes.MultiplyAdd(g, x, y); h = TLanes.MultiplyAdd(h, x, y);
            i = TLanes.MultiplyAdd(i, x, y); j = TLanes.MultiplyAdd(j, x, y);
            k = TLanes.MultiplyAdd(k, x, y); l = TLanes.MultiplyAdd(l, x, y);
        }
        return a + b + c + d + e + f + g + h + i + j + k + l;
    }
}
