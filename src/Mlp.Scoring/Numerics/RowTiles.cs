using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Scoring.Numerics;

/// <summary>Products of a single row: one, two or eight vectors of sums at a time.</summary>
internal static class RowTiles
{
    /// <summary>One vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One<TLanes>(ref float a, ref float b, ref float start, ref float sums, int inputCount)
        where TLanes : struct, ILanes<TLanes, float>
    {
        TLanes c = TLanes.Load(ref start, 0);
        for (nuint k = 0; k < (nuint)inputCount; k++)
            c = TLanes.MultiplyAdd(TLanes.Create(Unsafe.Add(ref a, k)), TLanes.Load(ref b, k * (nuint)TLanes.Count), c);
        TLanes.Store(c, ref sums, 0);
    }

    /// <summary>A panel of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Two<TLanes>(ref float a, ref float b, ref float start, ref float sums, int inputCount)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint next = (nuint)TLanes.Count;
        TLanes c0 = TLanes.Load(ref start, 0), c1 = TLanes.Load(ref start, next);
        for (nuint k = 0; k < (nuint)inputCount; k++)
        {
            TLanes x = TLanes.Create(Unsafe.Add(ref a, k));
            c0 = TLanes.MultiplyAdd(x, TLanes.Load(ref b, 2 * k * next), c0);
            c1 = TLanes.MultiplyAdd(x, TLanes.Load(ref b, (2 * k + 1) * next), c1);
        }
        TLanes.Store(c0, ref sums, 0); TLanes.Store(c1, ref sums, next);
    }

    /// <summary>A panel of two vectors, of the chosen inputs alone: those with a flag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TwoChosen<TLanes>(ref float a, ref float b, ref float start, ref float sums, ReadOnlySpan<ulong> chosen)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint next = (nuint)TLanes.Count;
        TLanes c0 = TLanes.Load(ref start, 0), c1 = TLanes.Load(ref start, next);
        for (int index = 0; index < chosen.Length; index++)
        {
            for (ulong word = chosen[index]; word != 0; word &= word - 1)
            {
                nuint k = (nuint)(index * NonZeros.FlagsPerWord + BitOperations.TrailingZeroCount(word));
                TLanes x = TLanes.Create(Unsafe.Add(ref a, k));
                ref float w = ref Unsafe.Add(ref b, 2 * k * next);
                c0 = TLanes.MultiplyAdd(x, TLanes.Load(ref w, 0), c0);
                c1 = TLanes.MultiplyAdd(x, TLanes.Load(ref w, next), c1);
            }
        }
        TLanes.Store(c0, ref sums, 0); TLanes.Store(c1, ref sums, next);
    }

    /// <summary>Four panels of two vectors: as many independent sums as two multiply-add units with a latency of four need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Eight<TLanes>(ref float a, ref float b, nint panelLength, ref float start, ref float sums, int inputCount)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint next = (nuint)TLanes.Count;
        TLanes c0 = TLanes.Load(ref start, 0), c1 = TLanes.Load(ref start, next);
        TLanes c2 = TLanes.Load(ref start, 2 * next), c3 = TLanes.Load(ref start, 3 * next);
        TLanes c4 = TLanes.Load(ref start, 4 * next), c5 = TLanes.Load(ref start, 5 * next);
        TLanes c6 = TLanes.Load(ref start, 6 * next), c7 = TLanes.Load(ref start, 7 * next);
        ref float b1 = ref Unsafe.Add(ref b, panelLength), b2 = ref Unsafe.Add(ref b1, panelLength);
        ref float b3 = ref Unsafe.Add(ref b2, panelLength);
        for (nuint k = 0; k < (nuint)inputCount; k++)
        {
            TLanes x = TLanes.Create(Unsafe.Add(ref a, k));
            nuint first = 2 * k * next, second = first + next;
            c0 = TLanes.MultiplyAdd(x, TLanes.Load(ref b, first), c0); c1 = TLanes.MultiplyAdd(x, TLanes.Load(ref b, second), c1);
            c2 = TLanes.MultiplyAdd(x, TLanes.Load(ref b1, first), c2); c3 = TLanes.MultiplyAdd(x, TLanes.Load(ref b1, second), c3);
            c4 = TLanes.MultiplyAdd(x, TLanes.Load(ref b2, first), c4); c5 = TLanes.MultiplyAdd(x, TLanes.Load(ref b2, second), c5);
            c6 = TLanes.MultiplyAdd(x, TLanes.Load(ref b3, first), c6); c7 = TLanes.MultiplyAdd(x, TLanes.Load(ref b3, second), c7);
        }
        TLanes.Store(c0, ref sums, 0); TLanes.Store(c1, ref sums, next);
        TLanes.Store(c2, ref sums, 2 * next); TLanes.Store(c3, ref sums, 3 * next);
        TLanes.Store(c4, ref sums, 4 * next); TLanes.Store(c5, ref sums, 5 * next);
        TLanes.Store(c6, ref sums, 6 * next); TLanes.Store(c7, ref sums, 7 * next);
    }

    /// <summary>Four panels of two vectors, of the chosen inputs alone: those with a flag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EightChosen<TLanes>(
        ref float a, ref float b, nint panelLength, ref float start, ref float sums, ReadOnlySpan<ulong> chosen)
        where TLanes : struct, ILanes<TLanes, float>
    {
        nuint next = (nuint)TLanes.Count;
        TLanes c0 = TLanes.Load(ref start, 0), c1 = TLanes.Load(ref start, next);
        TLanes c2 = TLanes.Load(ref start, 2 * next), c3 = TLanes.Load(ref start, 3 * next);
        TLanes c4 = TLanes.Load(ref start, 4 * next), c5 = TLanes.Load(ref start, 5 * next);
        TLanes c6 = TLanes.Load(ref start, 6 * next), c7 = TLanes.Load(ref start, 7 * next);
        ref float b1 = ref Unsafe.Add(ref b, panelLength), b2 = ref Unsafe.Add(ref b1, panelLength);
        ref float b3 = ref Unsafe.Add(ref b2, panelLength);
        for (int index = 0; index < chosen.Length; index++)
        {
            for (ulong word = chosen[index]; word != 0; word &= word - 1)
            {
                nuint k = (nuint)(index * NonZeros.FlagsPerWord + BitOperations.TrailingZeroCount(word));
                TLanes x = TLanes.Create(Unsafe.Add(ref a, k));
                nuint first = 2 * k * next, second = first + next;
                c0 = TLanes.MultiplyAdd(x, TLanes.Load(ref b, first), c0); c1 = TLanes.MultiplyAdd(x, TLanes.Load(ref b, second), c1);
                c2 = TLanes.MultiplyAdd(x, TLanes.Load(ref b1, first), c2); c3 = TLanes.MultiplyAdd(x, TLanes.Load(ref b1, second), c3);
                c4 = TLanes.MultiplyAdd(x, TLanes.Load(ref b2, first), c4); c5 = TLanes.MultiplyAdd(x, TLanes.Load(ref b2, second), c5);
                c6 = TLanes.MultiplyAdd(x, TLanes.Load(ref b3, first), c6); c7 = TLanes.MultiplyAdd(x, TLanes.Load(ref b3, second), c7);
            }
        }
        TLanes.Store(c0, ref sums, 0); TLanes.Store(c1, ref sums, next);
        TLanes.Store(c2, ref sums, 2 * next); TLanes.Store(c3, ref sums, 3 * next);
        TLanes.Store(c4, ref sums, 4 * next); TLanes.Store(c5, ref sums, 5 * next);
        TLanes.Store(c6, ref sums, 6 * next); TLanes.Store(c7, ref sums, 7 * next);
    }
}
