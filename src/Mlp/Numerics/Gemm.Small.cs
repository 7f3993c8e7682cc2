using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>The paths for products with one small side.</summary>
internal sealed partial class Gemm<T>
{
    /// <summary>
    /// Whether C is narrower than half a vector, as the outputs of a network with few of them or the weight gradient of a layer with few
    /// inputs: then Cᵀ = Bᵀ·Aᵀ fills the vectors. Packing Aᵀ, where it is needed, costs less than that saves.
    /// </summary>
    private bool IsNarrow =>
        _product.N <= PanelWidth / 4 && _product.M > _product.N && _product.K > 1 && _product.B.PanelWidth == 0
        && (_product.A.RowStride == 1 || _product.A.ColumnStride == 1);

    /// <summary>The naive loop: what every path computes, and faster than all of them on a handful of numbers.</summary>
    private unsafe void MultiplyTiny()
    {
        ref readonly Product product = ref _product;
        for (int row = 0; row < product.M; row++)
        {
            for (int column = 0; column < product.N; column++)
            {
                T* a = product.A.Values + row * product.A.RowStride, b = product.B.Values + column * product.B.ColumnStride;
                T sum = product.Start.Values == null ? T.Zero : product.Start.Values[row * product.Start.RowStride + column];
                for (int k = 0; k < product.K; k++, a += product.A.ColumnStride, b += product.B.RowStride)
                    sum = T.MultiplyAddEstimate(*a, *b, sum);
                product.C[(nint)row * product.N + column] = sum;
            }
        }
        product.Finish.Apply(product.C, product.N, 0, product.M, 0, product.N);
    }

    /// <summary>C through its transpose. The sums are the same, term by term.</summary>
    private unsafe void MultiplyTransposed()
    {
        Product product = _product;
        (int m, int n) = (product.M, product.N);
        T* transposed = Buffer(ref _transposedC, m * n);
        for (int row = 0; product.Start.Values != null && row < m; row++)
        {
            for (int column = 0; column < n; column++)
                transposed[column * m + row] = product.Start.Values[row * product.Start.RowStride + column];
        }
        _product.M = n;
        _product.N = m;
        _product.A = new Factor(product.B.Values, product.B.ColumnStride, product.B.RowStride);
        _product.B = new Factor(product.A.Values, product.A.ColumnStride, product.A.RowStride);
        _product.C = transposed;
        _product.Start = product.Start.Values == null ? default : new Start(transposed, m);
        _product.Finish = default;
        MultiplyOrShare();
        Transpose(transposed, m, n, m, product.C, n);
        product.Finish.Apply(product.C, n, 0, m, 0, n);
    }

    /// <summary>
    /// One row of C: every element of B is used once, so that B is read in order and not blocked. Eight vectors at a time, for as many
    /// independent sums as keep two multiply-add units with a latency of four busy.
    /// </summary>
    // The flags are written before they are read: to set them to 0 for each row would take longer than some rows do.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void MultiplyRow<TLanes>(int columnStart, int columnEnd)
        where TLanes : struct, ILanes<TLanes, T>
    {
        ref readonly Product product = ref _product;
        int nr = 2 * TLanes.Count;
        bool packed = product.B.PanelWidth != 0;
        nint operandsStep = packed ? nr : product.B.RowStride;
        var operands = new TileOperands { A = product.A.Values, AStep = product.A.ColumnStride };
        ulong* flags = stackalloc ulong[MaxFlagWords];
        bool skipsZeros = product.SkipsZeros && columnEnd - columnStart >= 4 * nr
            && NonZeros.Flag(ref *product.A.Values, product.K, ref *flags) <= (1 - ZerosWorthSkipping) * product.K;
        for (int column = columnStart; column < columnEnd;)
        {
            operands.B = product.B.Values + (packed ? (nint)column * product.K : column);
            operands.C = product.C + column;
            operands.Start = product.Start.Values == null ? null : product.Start.Values + column;
            operands.LastCount = (columnEnd - column - 1) % TLanes.Count + 1;
            if (columnEnd - column >= 4 * nr)
            {
                bool sideBySide = !packed || product.B.IsForOneRow;
                nint panelStride = sideBySide ? nr : (nint)nr * product.K;
                operands.BStep = product.B.IsForOneRow ? 4 * nr : operandsStep;
                if (skipsZeros)
                    RowTileOfNonZeros<TLanes>(in operands, panelStride, flags, product.K);
                else
                    RowTile<TLanes>(in operands, panelStride, product.K);
                column += 4 * nr;
            }
            else
            {
                operands.BStep = operandsStep;
                var nothing = default(PanelPrefetch);
                MultiplyPanel<TLanes>(ref operands, in product.A, 1, Math.Min(nr, columnEnd - column), product.K, ref nothing);
                column += nr;
            }
        }
        product.Finish.Apply(product.C, product.N, 0, 1, columnStart, columnEnd - columnStart);
    }

    /// <summary>One row of A against eight vectors of B, which are two and two in a row or a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void RowTile<TLanes>(in TileOperands operands, nint panelStride, int kc)
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
        nint aStep = operands.AStep, bStep = operands.BStep;
        T* a = operands.A, b0 = operands.B, b1 = b0 + panelStride, b2 = b1 + panelStride, b3 = b2 + panelStride;
        for (int k = 0; k < kc; k++)
        {
            TLanes x = TLanes.Create(*a);
            c0 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b0, 0), c0); c1 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b0, next), c1);
            c2 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b1, 0), c2); c3 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b1, next), c3);
            c4 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b2, 0), c4); c5 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b2, next), c5);
            c6 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b3, 0), c6); c7 = TLanes.MultiplyAdd(x, TLanes.Load(ref *b3, next), c7);
            a += aStep;
            b0 += bStep; b1 += bStep; b2 += bStep; b3 += bStep;
        }
        T* c = operands.C;
        TLanes.Store(c0, ref *c, 0); TLanes.Store(c1, ref *c, next);
        TLanes.Store(c2, ref *c, 2 * next); TLanes.Store(c3, ref *c, 3 * next);
        TLanes.Store(c4, ref *c, 4 * next); TLanes.Store(c5, ref *c, 5 * next);
        TLanes.Store(c6, ref *c, 6 * next); TLanes.Store(c7, ref *c, 7 * next);
    }
}
