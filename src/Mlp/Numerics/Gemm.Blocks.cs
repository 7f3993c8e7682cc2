using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Numerics;

internal sealed partial class Gemm<T>
{
    /// <summary>Columns of a packed panel of B: two of the processor's widest vectors.</summary>
    internal static int PanelWidth =>
        2 * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count
            : Vector256.IsHardwareAccelerated ? Vector256<T>.Count
            : Vector128.IsHardwareAccelerated ? Vector128<T>.Count : 1);

    /// <summary>A part of C, block by block; for each block the panels of B, for each panel the tiles down the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void MultiplyBlocks<TLanes>(int thread, int rowStart, int rowEnd, int columnStart, int columnEnd)
        where TLanes : struct, ILanes<TLanes, T>
    {
        ref readonly Product product = ref _product;
        if (product.M == 1 && (product.B.PanelWidth != 0 || product.B.ColumnStride == 1))
        {
            MultiplyRow<TLanes>(columnStart, columnEnd);
            return;
        }
        int rows = rowEnd - rowStart, columns = columnEnd - columnStart;
        int nr = columns > TLanes.Count || product.B.PanelWidth != 0 ? 2 * TLanes.Count : TLanes.Count;
        // K in equal blocks, so that none is short; one empty block when K is 0.
        int blockCount = Math.Max(1, (product.K + KC - 1) / KC);
        // Where A's rows lie a multiple of 4,096 bytes apart, those of a tile would drive each other out of the cache.
        bool packA = rows > 1
            && (product.A.ColumnStride != 1 ? columns > 2 * nr : columns >= 256 && product.A.RowStride * sizeof(T) % 4096 == 0);
        // A panel of so few rows stays in the first-level cache as it lies, unless its rows drive each other out.
        bool packB = product.B.PanelWidth == 0
            && (product.B.ColumnStride != 1
                || (rows > 4 * TLanes.TileRows
                    && ((long)product.K * nr * sizeof(T) > 16 << 10 || product.B.RowStride * sizeof(T) % 4096 == 0)));
        // From a second-level cache B arrives in time without prefetching.
        bool prefetchB = packB && (long)product.K * columns * sizeof(T) > 512 << 10;
        for (int column = columnStart; column < columnEnd; column += NC)
        {
            int nc = Math.Min(NC, columnEnd - column);
            for (int block = 0; block < blockCount; block++)
            {
                int k = (int)((long)product.K * block / blockCount), kc = (int)((long)product.K * (block + 1) / blockCount) - k;
                Factor b = product.B;
                // One panel after the other, each just before its first use, while it is in the cache; kept when other rows need them
                // again.
                T* panels = packB ? Buffer(ref _panels[thread], rows > MC ? (nc + nr - 1) / nr * nr * kc : nr * kc) : null;
                for (int row = rowStart; row < rowEnd; row += MC)
                {
                    int mc = Math.Min(MC, rowEnd - row);
                    Factor a = new(product.A.Values + row * product.A.RowStride + k
                        * product.A.ColumnStride, product.A.RowStride, product.A.ColumnStride);
                    if (packA)
                    {
                        T* strips = Buffer(ref _strips[thread], mc * kc);
                        PackStrips<TLanes>(a, mc, kc, strips);
                        a = new Factor(strips, panelWidth: 1);
                    }
                    for (int j = 0; j < nc; j += nr)
                    {
                        var operands = new TileOperands
                        {
                            C = product.C + (nint)row * product.N + column + j,
                            CRowStride = product.N,
                            LastCount = (nc - j - 1) % TLanes.Count + 1,
                        };
                        T* panel = panels + (rows > MC ? (nint)j * kc : 0);
                        if (packB && row == rowStart)
                        {
                            PackPanels(
                                b.Values + k * b.RowStride + (column + j) * b.ColumnStride, b.RowStride, b.ColumnStride, kc,
                                Math.Min(nr, nc - j), nr, panel);
                        }
                        operands.BStep = packB || b.PanelWidth != 0 ? nr : b.RowStride;
                        operands.B = packB ? panel
                            : b.PanelWidth != 0 ? b.Values + (nint)(column + j) * product.K + (nint)k * nr
                            : b.Values + k * b.RowStride + column + j;
                        var next = new PanelPrefetch();
                        if (prefetchB && row == rowStart && j + nr < nc)
                        {
                            next = new PanelPrefetch(
                                b.Values + k * b.RowStride + (column + j + nr) * b.ColumnStride, b.RowStride, b.ColumnStride, kc,
                                Math.Min(nr, nc - j - nr), mc);
                        }
                        Start start = block > 0 ? new Start(product.C, product.N) : product.Start;
                        if (start.Values != null)
                            operands.Start = start.Values + row * start.RowStride + column + j;
                        operands.StartRowStride = start.RowStride;
                        MultiplyPanel<TLanes>(ref operands, in a, mc, Math.Min(nr, nc - j), kc, ref next);
                    }
                    if (block == blockCount - 1)
                        product.Finish.Apply(product.C, product.N, row, mc, column, nc);
                }
            }
        }
    }

    private static unsafe void MultiplyPanel<TLanes>(
        ref TileOperands operands, in Factor a, int rows, int columns, int kc, ref PanelPrefetch next)
        where TLanes : struct, ILanes<TLanes, T>
    {
        if (columns == 2 * TLanes.Count)
            MultiplyPanel<TLanes, TwoVectors>(ref operands, in a, rows, kc, ref next);
        else if (columns > TLanes.Count)
            MultiplyPanel<TLanes, TwoVectorsOnePartial>(ref operands, in a, rows, kc, ref next);
        else if (columns == TLanes.Count)
            MultiplyPanel<TLanes, OneVector>(ref operands, in a, rows, kc, ref next);
        else
            MultiplyPanel<TLanes, OnePartialVector>(ref operands, in a, rows, kc, ref next);
    }

    /// <summary>The tiles of one panel, from the top down: as many of the full height as fit, then lower ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void MultiplyPanel<TLanes, TColumns>(
        ref TileOperands operands, in Factor a, int rows, int kc, ref PanelPrefetch next)
        where TLanes : struct, ILanes<TLanes, T>
        where TColumns : unmanaged, ITileColumns
    {
        for (int row = 0; row < rows;)
        {
            int height = TileHeight<TLanes>(rows - row);
            bool packed = a.PanelWidth != 0;
            operands.A = a.Values + row * (packed ? kc : a.RowStride);
            operands.ARowStride = packed ? 1 : a.RowStride;
            operands.AStep = packed ? height : a.ColumnStride;
            next.Advance(height);
            switch (height)
            {
                case 12:
                    Tile<TLanes, TwelveRows, TColumns>(in operands, kc);
                    break;
                case 8:
                    Tile<TLanes, EightRows, TColumns>(in operands, kc);
                    break;
                case 6:
                    Tile<TLanes, SixRows, TColumns>(in operands, kc);
                    break;
                case 4:
                    Tile<TLanes, FourRows, TColumns>(in operands, kc);
                    break;
                case 2:
                    Tile<TLanes, TwoRows, TColumns>(in operands, kc);
                    break;
                default:
                    Tile<TLanes, OneRow, TColumns>(in operands, kc);
                    break;
            }
            operands.C += height * operands.CRowStride;
            if (operands.Start != null)
                operands.Start += height * operands.StartRowStride;
            row += height;
        }
    }

    /// <summary>The height of the next tile when so many rows are left.</summary>
    private static int TileHeight<TLanes>(int rows)
        where TLanes : struct, ILanes<TLanes, T> =>
        rows >= TLanes.TileRows ? TLanes.TileRows : rows >= 8 ? 8 : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;

    /// <summary>Copies a block of A into strips as high as the tiles that will read them, each column-major.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackStrips<TLanes>(Factor a, int rows, int kc, T* strips)
        where TLanes : struct, ILanes<TLanes, T>
    {
        for (int row = 0; row < rows;)
        {
            int height = TileHeight<TLanes>(rows - row);
            T* from = a.Values + row * a.RowStride, to = strips + (nint)row * kc;
            if (a.ColumnStride == 1)
                Transpose(from, a.RowStride, height, kc, to, height);
            else
                CopyRows(from, a.ColumnStride, kc, height, to, height);
            row += height;
        }
    }

    /// <summary>
    /// Asks for the part of B that the next panel is made of, a few cache lines before every tile: its rows lie too far apart for the
    /// processor to foresee them, and waiting for memory would cost more than the packing.
    /// </summary>
    private unsafe struct PanelPrefetch
    {
        private const int LineBytes = 64;
        private readonly nint _stride;
        private readonly int _bytes, _linesPerRow;
        private byte* _run;
        private int _runs, _offset;

        /// <param name="source">The panel's first element.</param>
        /// <param name="rowStride">From one k to the next.</param>
        /// <param name="columnStride">From one column to the next; one of the strides is 1.</param>
        /// <param name="kc">Rows of the panel.</param>
        /// <param name="columns">Its columns.</param>
        /// <param name="rows">Rows of the tiles before which to ask for it.</param>
        public PanelPrefetch(T* source, nint rowStride, nint columnStride, int kc, int columns, int rows)
        {
            _run = (byte*)source;
            (_runs, _stride, _bytes) = columnStride == 1
                ? (kc, rowStride * sizeof(T), columns * sizeof(T))
                : (columns, columnStride * sizeof(T), kc * sizeof(T));
            int lines = _runs * ((_bytes + LineBytes - 1) / LineBytes);
            _linesPerRow = (lines + rows - 1) / rows;
        }

        /// <summary>Asks for as much as belongs to so many rows.</summary>
        public void Advance(int rows)
        {
            if (!Sse.IsSupported)
                return;
            for (int line = rows * _linesPerRow; line > 0 && _runs > 0; line--)
            {
                Sse.Prefetch1(_run + _offset);
                _offset += LineBytes;
                if (_offset >= _bytes)
                {
                    _offset = 0;
                    _run += _stride;
                    _runs--;
                }
            }
        }
    }

    private static unsafe T* Buffer(ref AlignedBuffer<T>? buffer, int length)
    {
        if (buffer is null || buffer.Length < length)
            buffer = new AlignedBuffer<T>(length);
        return buffer.Pointer;
    }
}
