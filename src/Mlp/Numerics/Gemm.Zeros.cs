using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>One row whose zeros are left out, with the rows of B that they would be multiplied with: more than half of what a layer gets
/// from ReLUs, and of one row it is the reading of B that takes time.</summary>
/// <remarks>
/// A term of 0 times a finite number leaves a sum as it is, unless that is 0 itself: then the sign of 0 may differ. So B must be finite,
/// and the function that is applied to the sums must not tell one 0 from the other.
/// </remarks>
internal sealed partial class Gemm<T>
{
    // Of the flags of a row, on the stack.
    private const int MaxFlagWords = 64;

    // With fewer zeros than this share the flags cost more than they save.
    private const double ZerosWorthSkipping = 0.25;

    /// <summary>As <see cref="RowTile"/>, of those k that have a flag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void RowTileOfNonZeros<TLanes>(in TileOperands operands, nint panelStride, ulong* flags, int kc)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nuint next = (nuint)TLanes.Count;
        TLanes c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        T* start = operands.Start;
        if (start != null)
        {
            c0 = TLanes.Load(ref *start, 0); c1 = TLanes.Load(ref *start, next);
            c2 = TLanes.Load(ref *start, 2 * next); c3 = TLanes.Load(ref *start, 3 * next);
            c4 = TLanes.Load(ref *start, 4 * next); c5 = TLanes.Load(ref *start, 5 * next);
            c6 = TLanes.Load(ref *start, 6 * next); c7 = TLanes.Load(ref *start, 7 * next);
        }
        nint bStep = operands.BStep;
        for (int first = 0; first < kc; first += NonZeros.FlagsPerWord)
        {
            T* a = operands.A + first, b = operands.B + first * bStep;
            for (ulong word = *flags++; word != 0; word &= word - 1)
            {
                int k = BitOperations.TrailingZeroCount(word);
                TLanes x = TLanes.Create(a[k]);
                T* b0 = b + k * bStep, b1 = b0 + panelStride, b2 = b1 + panelStride, b3 = b2 + panelStride;
                c0 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b0, 0), c0); c1 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b0, next), c1);
                c2 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b1, 0), c2); c3 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b1, next), c3);
                c4 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b2, 0), c4); c5 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b2, next), c5);
                c6 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b3, 0), c6); c7 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b3, next), c7);
            }
        }
        T* c = operands.C;
        TLanes.Store(c0, ref *c, 0); TLanes.Store(c1, ref *c, next);
        TLanes.Store(c2, ref *c, 2 * next); TLanes.Store(c3, ref *c, 3 * next);
        TLanes.Store(c4, ref *c, 4 * next); TLanes.Store(c5, ref *c, 5 * next);
        TLanes.Store(c6, ref *c, 6 * next); TLanes.Store(c7, ref *c, 7 * next);
    }
}
