using System.Runtime.Intrinsics;

namespace Mlp.Kernels;

internal sealed partial class Gemm<T>
{
    /// <summary>Columns of a packed panel of B: two of the processor's widest vectors.</summary>
    internal static int PanelWidth =>
        2 * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count
            : Vector256.IsHardwareAccelerated ? Vector256<T>.Count
            : Vector128.IsHardwareAccelerated ? Vector128<T>.Count : 1);

    /// <summary>A part of C, block by block; for each block the panels of B, for each panel the tiles down the block.</summary>
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
        bool packA = product.A.ColumnStride != 1 && columns > 2 * nr && rows > 1;
        bool packB = product.B.PanelWidth == 0
            && (product.B.ColumnStride != 1 || ((long)product.K * columns * sizeof(T) > 16 << 10 && rows > 4 * TLanes.TileRows));
        for (int column = columnStart; column < columnEnd; column += NC)
        {
            int nc = Math.Min(NC, columnEnd - column);
            for (int block = 0; block < blockCount; block++)
            {
                int k = (int)((long)product.K * block / blockCount), kc = (int)((long)product.K * (block + 1) / blockCount) - k;
                Factor b = product.B;
                if (packB)
                {
                    T* panels = Buffer(ref _panels[thread], (nc + nr - 1) / nr * nr * kc);
                    PackPanels(b.Values + k * b.RowStride + column * b.ColumnStride, b.RowStride, b.ColumnStride, kc, nc, nr, panels);
                    b = new Factor(panels, nr);
                }
                for (int row = rowStart; row < rowEnd; row += MC)
                {
                    int mc = Math.Min(MC, rowEnd - row);
                    Factor a = new(product.A.Values + row * product.A.RowStride + k * product.A.ColumnStride, product.A.RowStride, product.A.ColumnStride);
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
                        operands.BStep = b.PanelWidth != 0 ? nr : b.RowStride;
                        operands.B = packB ? b.Values + (nint)j * kc
                            : b.PanelWidth != 0 ? b.Values + (nint)(column + j) * product.K + (nint)k * nr
                            : b.Values + k * b.RowStride + column + j;
                        Start start = block > 0 ? new Start(product.C, product.N) : product.Start;
                        if (start.Values != null)
                            operands.Start = start.Values + row * start.RowStride + column + j;
                        operands.StartRowStride = start.RowStride;
                        MultiplyPanel<TLanes>(ref operands, a, mc, Math.Min(nr, nc - j), kc);
                    }
                    if (block == blockCount - 1)
                        product.Finish.Apply(product.C, product.N, row, mc, column, nc);
                }
            }
        }
    }

    private static unsafe void MultiplyPanel<TLanes>(ref TileOperands operands, Factor a, int rows, int columns, int kc)
        where TLanes : struct, ILanes<TLanes, T>
    {
        if (columns == 2 * TLanes.Count)
            MultiplyPanel<TLanes, TwoVectors>(ref operands, a, rows, kc);
        else if (columns > TLanes.Count)
            MultiplyPanel<TLanes, TwoVectorsOnePartial>(ref operands, a, rows, kc);
        else if (columns == TLanes.Count)
            MultiplyPanel<TLanes, OneVector>(ref operands, a, rows, kc);
        else
            MultiplyPanel<TLanes, OnePartialVector>(ref operands, a, rows, kc);
    }

    /// <summary>The tiles of one panel, from the top down: as many of the full height as fit, then lower ones.</summary>
    private static unsafe void MultiplyPanel<TLanes, TColumns>(ref TileOperands operands, Factor a, int rows, int kc)
        where TLanes : struct, ILanes<TLanes, T>
        where TColumns : struct, ITileColumns
    {
        for (int row = 0; row < rows;)
        {
            int height = TileHeight<TLanes>(rows - row);
            bool packed = a.PanelWidth != 0;
            operands.A = a.Values + row * (packed ? kc : a.RowStride);
            operands.ARowStride = packed ? 1 : a.RowStride;
            operands.AStep = packed ? height : a.ColumnStride;
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
    private static unsafe void PackStrips<TLanes>(Factor a, int rows, int kc, T* strips)
        where TLanes : struct, ILanes<TLanes, T>
    {
        for (int row = 0; row < rows;)
        {
            int height = TileHeight<TLanes>(rows - row);
            T* from = a.Values + row * a.RowStride, to = strips + (nint)row * kc;
            for (int k = 0; k < kc; k++, from += a.ColumnStride, to += height)
                new ReadOnlySpan<T>(from, height).CopyTo(new Span<T>(to, height));
            row += height;
        }
    }

    private static unsafe T* Buffer(ref AlignedBuffer<T>? buffer, int length)
    {
        if (buffer is null || buffer.Length < length)
            buffer = new AlignedBuffer<T>(length);
        return buffer.Pointer;
    }
}
