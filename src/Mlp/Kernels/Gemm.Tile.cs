using System.Runtime.CompilerServices;

namespace Mlp.Kernels;

internal sealed partial class Gemm<T>
{
    /// <summary>One tile of C, at most MR x 2 lanes. A tile that sticks out of C is computed whole, in a buffer, and stored in part.</summary>
    private unsafe void MultiplyTile<TLanes>(int row, int rows, int column, int columns, int k, int kc, T* panel, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
    {
        T* a = _operands.A + (nint)row * _operands.ARowStride + (nint)k * _operands.AColumnStride;
        T* c = _operands.C + (nint)row * _operands.N + column;
        int nr = 2 * TLanes.Count;
        if (rows == MR && columns == nr)
        {
            Tile<TLanes>(a, _operands.ARowStride, MR, panel, kc, c, _operands.N, accumulate);
            return;
        }
        T* buffer = stackalloc T[MR * nr];
        if (accumulate)
        {
            for (int i = 0; i < rows; i++)
                new ReadOnlySpan<T>(c + (nint)i * _operands.N, columns).CopyTo(new Span<T>(buffer + i * nr, columns));
        }
        Tile<TLanes>(a, _operands.ARowStride, rows, panel, kc, buffer, nr, accumulate);
        for (int i = 0; i < rows; i++)
            new ReadOnlySpan<T>(buffer + i * nr, columns).CopyTo(new Span<T>(c + (nint)i * _operands.N, columns));
    }

    /// <summary>The micro-kernel: 6 rows of A against a packed panel, 12 accumulators in registers.</summary>
    /// <remarks>Rows from <paramref name="rows"/> on repeat the last one, so that nothing beyond A is read.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Tile<TLanes>(T* a, nint rowStride, int rows, T* panel, int kc, T* c, nint cStride, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
    {
        nint kStride = _operands.AColumnStride;
        T* a0 = a, a1 = a + rowStride * Math.Min(1, rows - 1), a2 = a + rowStride * Math.Min(2, rows - 1);
        T* a3 = a + rowStride * Math.Min(3, rows - 1), a4 = a + rowStride * Math.Min(4, rows - 1), a5 = a + rowStride * Math.Min(5, rows - 1);
        nuint next = (nuint)TLanes.Count;
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TLanes c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (accumulate)
        {
            c00 = TLanes.Load(ref *c, 0); c01 = TLanes.Load(ref *c, next);
            c10 = TLanes.Load(ref c[cStride], 0); c11 = TLanes.Load(ref c[cStride], next);
            c20 = TLanes.Load(ref c[2 * cStride], 0); c21 = TLanes.Load(ref c[2 * cStride], next);
            c30 = TLanes.Load(ref c[3 * cStride], 0); c31 = TLanes.Load(ref c[3 * cStride], next);
            c40 = TLanes.Load(ref c[4 * cStride], 0); c41 = TLanes.Load(ref c[4 * cStride], next);
            c50 = TLanes.Load(ref c[5 * cStride], 0); c51 = TLanes.Load(ref c[5 * cStride], next);
        }
        for (int k = 0; k < kc; k++)
        {
            TLanes b0 = TLanes.Load(ref *panel, 0), b1 = TLanes.Load(ref *panel, next);
            TLanes x = TLanes.Create(*a0);
            c00 = TLanes.MultiplyAdd(x, b0, c00); c01 = TLanes.MultiplyAdd(x, b1, c01);
            x = TLanes.Create(*a1);
            c10 = TLanes.MultiplyAdd(x, b0, c10); c11 = TLanes.MultiplyAdd(x, b1, c11);
            x = TLanes.Create(*a2);
            c20 = TLanes.MultiplyAdd(x, b0, c20); c21 = TLanes.MultiplyAdd(x, b1, c21);
            x = TLanes.Create(*a3);
            c30 = TLanes.MultiplyAdd(x, b0, c30); c31 = TLanes.MultiplyAdd(x, b1, c31);
            x = TLanes.Create(*a4);
            c40 = TLanes.MultiplyAdd(x, b0, c40); c41 = TLanes.MultiplyAdd(x, b1, c41);
            x = TLanes.Create(*a5);
            c50 = TLanes.MultiplyAdd(x, b0, c50); c51 = TLanes.MultiplyAdd(x, b1, c51);
            panel += 2 * next;
            a0 += kStride; a1 += kStride; a2 += kStride; a3 += kStride; a4 += kStride; a5 += kStride;
        }
        TLanes.Store(c00, ref *c, 0); TLanes.Store(c01, ref *c, next);
        TLanes.Store(c10, ref c[cStride], 0); TLanes.Store(c11, ref c[cStride], next);
        TLanes.Store(c20, ref c[2 * cStride], 0); TLanes.Store(c21, ref c[2 * cStride], next);
        TLanes.Store(c30, ref c[3 * cStride], 0); TLanes.Store(c31, ref c[3 * cStride], next);
        TLanes.Store(c40, ref c[4 * cStride], 0); TLanes.Store(c41, ref c[4 * cStride], next);
        TLanes.Store(c50, ref c[5 * cStride], 0); TLanes.Store(c51, ref c[5 * cStride], next);
    }
}
