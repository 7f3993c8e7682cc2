using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Numerics;

internal sealed partial class Gemm<T>
{
    /// <summary>Where a register tile reads and writes. Strides are in elements.</summary>
    private unsafe struct TileOperands
    {
        /// <summary>The tile's first row of A at the first k; the next k lies <see cref="AStep"/> further.</summary>
        public T* A;
        public nint ARowStride, AStep;

        /// <summary>The tile's first column of B at the first k: a packed panel, or B itself when its rows are contiguous.</summary>
        public T* B;
        public nint BStep;

        /// <summary>The tile of C.</summary>
        public T* C;
        public nint CRowStride;

        /// <summary>What the sums start from: C itself, a row to be added to every row of C (stride 0), or null for 0.</summary>
        public T* Start;
        public nint StartRowStride;

        /// <summary>Lanes of the last vector that lie in C; looked at where it is a partial one.</summary>
        public int LastCount;
    }

    /// <summary>
    /// The micro-kernel: up to 12 rows of A against one or two vectors of B, the sums in up to 24 registers. Height and width are
    /// constants for the JIT, which drops the rows and columns beyond them.
    /// </summary>
    /// <remarks>
    /// Twelve rows times two vectors keep both multiply-add units busy (8 independent sums would do) with 14 loads per 24
    /// multiply-adds, and leave room for two vectors of B and one element of A in 32 registers.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Tile<TLanes, TRows, TColumns>(in TileOperands operands, int kc)
        where TLanes : struct, ILanes<TLanes, T>
        where TRows : unmanaged, ITileRows
        where TColumns : unmanaged, ITileColumns
    {
        int last = operands.LastCount;
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TLanes c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        TLanes c60 = default, c61 = default, c70 = default, c71 = default, c80 = default, c81 = default;
        TLanes c90 = default, c91 = default, c100 = default, c101 = default, c110 = default, c111 = default;
        if (operands.Start != null)
        {
            T* start = operands.Start;
            nint row = operands.StartRowStride;
            Load<TLanes, TColumns>(start, last, out c00, out c01);
            if (sizeof(TRows) > 1) Load<TLanes, TColumns>(start + 1 * row, last, out c10, out c11);
            if (sizeof(TRows) > 2) Load<TLanes, TColumns>(start + 2 * row, last, out c20, out c21);
            if (sizeof(TRows) > 3) Load<TLanes, TColumns>(start + 3 * row, last, out c30, out c31);
            if (sizeof(TRows) > 4) Load<TLanes, TColumns>(start + 4 * row, last, out c40, out c41);
            if (sizeof(TRows) > 5) Load<TLanes, TColumns>(start + 5 * row, last, out c50, out c51);
            if (sizeof(TRows) > 6) Load<TLanes, TColumns>(start + 6 * row, last, out c60, out c61);
            if (sizeof(TRows) > 7) Load<TLanes, TColumns>(start + 7 * row, last, out c70, out c71);
            if (sizeof(TRows) > 8) Load<TLanes, TColumns>(start + 8 * row, last, out c80, out c81);
            if (sizeof(TRows) > 9) Load<TLanes, TColumns>(start + 9 * row, last, out c90, out c91);
            if (sizeof(TRows) > 10) Load<TLanes, TColumns>(start + 10 * row, last, out c100, out c101);
            if (sizeof(TRows) > 11) Load<TLanes, TColumns>(start + 11 * row, last, out c110, out c111);
        }

        if (sizeof(TRows) >= 6 && kc >= 64)
            PrefetchTileBelow<TLanes, TRows>(operands.C, operands.CRowStride);

        // Byte strides and a pointer for every four rows, so that each element's address fits in an addressing mode.
        nint s = operands.ARowStride * sizeof(T), s3 = 3 * s, aStep = operands.AStep * sizeof(T), bStep = operands.BStep * sizeof(T);
        byte* a0 = (byte*)operands.A, a4 = a0 + 4 * s, a8 = a0 + 8 * s, b = (byte*)operands.B;
        for (int k = 0; k < kc; k++)
        {
            Load<TLanes, TColumns>((T*)b, last, out TLanes b0, out TLanes b1);
            Accumulate<TLanes, TColumns>(a0, b0, b1, ref c00, ref c01);
            if (sizeof(TRows) > 1) Accumulate<TLanes, TColumns>(a0 + s, b0, b1, ref c10, ref c11);
            if (sizeof(TRows) > 2) Accumulate<TLanes, TColumns>(a0 + 2 * s, b0, b1, ref c20, ref c21);
            if (sizeof(TRows) > 3) Accumulate<TLanes, TColumns>(a0 + s3, b0, b1, ref c30, ref c31);
            if (sizeof(TRows) > 4) Accumulate<TLanes, TColumns>(a4, b0, b1, ref c40, ref c41);
            if (sizeof(TRows) > 5) Accumulate<TLanes, TColumns>(a4 + s, b0, b1, ref c50, ref c51);
            if (sizeof(TRows) > 6) Accumulate<TLanes, TColumns>(a4 + 2 * s, b0, b1, ref c60, ref c61);
            if (sizeof(TRows) > 7) Accumulate<TLanes, TColumns>(a4 + s3, b0, b1, ref c70, ref c71);
            if (sizeof(TRows) > 8) Accumulate<TLanes, TColumns>(a8, b0, b1, ref c80, ref c81);
            if (sizeof(TRows) > 9) Accumulate<TLanes, TColumns>(a8 + s, b0, b1, ref c90, ref c91);
            if (sizeof(TRows) > 10) Accumulate<TLanes, TColumns>(a8 + 2 * s, b0, b1, ref c100, ref c101);
            if (sizeof(TRows) > 11) Accumulate<TLanes, TColumns>(a8 + s3, b0, b1, ref c110, ref c111);
            b += bStep;
            a0 += aStep;
            if (sizeof(TRows) > 4) a4 += aStep;
            if (sizeof(TRows) > 8) a8 += aStep;
        }

        T* c = operands.C;
        nint cRow = operands.CRowStride;
        Store<TLanes, TColumns>(c00, c01, c, last);
        if (sizeof(TRows) > 1) Store<TLanes, TColumns>(c10, c11, c + 1 * cRow, last);
        if (sizeof(TRows) > 2) Store<TLanes, TColumns>(c20, c21, c + 2 * cRow, last);
        if (sizeof(TRows) > 3) Store<TLanes, TColumns>(c30, c31, c + 3 * cRow, last);
        if (sizeof(TRows) > 4) Store<TLanes, TColumns>(c40, c41, c + 4 * cRow, last);
        if (sizeof(TRows) > 5) Store<TLanes, TColumns>(c50, c51, c + 5 * cRow, last);
        if (sizeof(TRows) > 6) Store<TLanes, TColumns>(c60, c61, c + 6 * cRow, last);
        if (sizeof(TRows) > 7) Store<TLanes, TColumns>(c70, c71, c + 7 * cRow, last);
        if (sizeof(TRows) > 8) Store<TLanes, TColumns>(c80, c81, c + 8 * cRow, last);
        if (sizeof(TRows) > 9) Store<TLanes, TColumns>(c90, c91, c + 9 * cRow, last);
        if (sizeof(TRows) > 10) Store<TLanes, TColumns>(c100, c101, c + 10 * cRow, last);
        if (sizeof(TRows) > 11) Store<TLanes, TColumns>(c110, c111, c + 11 * cRow, last);
    }

    /// <summary>
    /// Asks for the tile of C that comes next: its rows lie too far apart for the processor to foresee them, and its sums may start there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void PrefetchTileBelow<TLanes, TRows>(T* c, nint cRow)
        where TLanes : struct, ILanes<TLanes, T>
        where TRows : unmanaged, ITileRows
    {
        if (!Sse.IsSupported)
            return;
        T* below = c + sizeof(TRows) * cRow;
        for (int row = 0; row < sizeof(TRows); row++, below += cRow)
        {
            Sse.Prefetch0(below);
            Sse.Prefetch0(below + TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Accumulate<TLanes, TColumns>(byte* a, TLanes b0, TLanes b1, ref TLanes c0, ref TLanes c1)
        where TLanes : struct, ILanes<TLanes, T>
        where TColumns : unmanaged, ITileColumns
    {
        TLanes x = TLanes.Create(*(T*)a);
        c0 = TLanes.MultiplyAdd(x, b0, c0);
        if (sizeof(TColumns) > 2)
            c1 = TLanes.MultiplyAdd(x, b1, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Load<TLanes, TColumns>(T* source, int last, out TLanes first, out TLanes second)
        where TLanes : struct, ILanes<TLanes, T>
        where TColumns : unmanaged, ITileColumns
    {
        nuint next = (nuint)TLanes.Count;
        if (sizeof(TColumns) <= 2)
        {
            first = sizeof(TColumns) % 2 != 0 ? TLanes.LoadFirst(ref *source, 0, last) : TLanes.Load(ref *source, 0);
            second = default;
        }
        else
        {
            first = TLanes.Load(ref *source, 0);
            second = sizeof(TColumns) % 2 != 0 ? TLanes.LoadFirst(ref *source, next, last) : TLanes.Load(ref *source, next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store<TLanes, TColumns>(TLanes first, TLanes second, T* destination, int last)
        where TLanes : struct, ILanes<TLanes, T>
        where TColumns : unmanaged, ITileColumns
    {
        nuint next = (nuint)TLanes.Count;
        if (sizeof(TColumns) > 2)
            TLanes.Store(first, ref *destination, 0);
        nuint offset = sizeof(TColumns) > 2 ? next : 0;
        TLanes lastVector = sizeof(TColumns) > 2 ? second : first;
        if (sizeof(TColumns) % 2 != 0)
            TLanes.StoreFirst(lastVector, ref *destination, offset, last);
        else
            TLanes.Store(lastVector, ref *destination, offset);
    }
}
