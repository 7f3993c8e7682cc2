using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Numerics;

internal sealed partial class Gemm<T>
{
    /// <summary>
    /// Copies a block of kc rows and <paramref name="columns"/> columns of B into panels of <paramref name="nr"/> columns, each row-major
    /// [kc x nr]. The last panel's missing columns become zeros.
    /// </summary>
    /// <param name="source">The block's first element.</param>
    /// <param name="rowStride">From one k to the next.</param>
    /// <param name="columnStride">From one column to the next; one of the strides is 1.</param>
    /// <param name="kc">Rows of the block.</param>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="nr">Columns of a panel.</param>
    /// <param name="panels">Overwritten: kc x columns rounded up to whole panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void PackPanels(T* source, nint rowStride, nint columnStride, int kc, int columns, int nr, T* panels)
    {
        for (int column = 0; column < columns; column += nr, panels += (nint)nr * kc)
        {
            int width = Math.Min(nr, columns - column);
            if (width < nr)
                new Span<T>(panels, nr * kc).Clear();
            T* from = source + column * columnStride;
            if (columnStride == 1)
                CopyRows(from, rowStride, kc, width, panels, nr);
            else
                Transpose(from, columnStride, width, kc, panels, nr);
        }
    }

    /// <summary>Copies a row-major matrix from one row stride to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void CopyRows(T* source, nint sourceStride, int rows, int columns, T* destination, nint destinationStride)
    {
        for (int row = 0; row < rows; row++)
            new ReadOnlySpan<T>(source + row * sourceStride, columns).CopyTo(new Span<T>(destination + row * destinationStride, columns));
    }

    /// <summary>destination[c, r] = source[r, c]; both row-major.</summary>
    /// <remarks>
    /// A cache line of columns at a time for all rows, so that a line of the source is read once although rows may lie a multiple of
    /// 4,096 bytes apart, where all of them compete for the same few places in the cache.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void Transpose(T* source, nint sourceStride, int rows, int columns, T* destination, nint destinationStride)
    {
        const int LineBytes = 64;
        int blockColumns = 16 / sizeof(T), lineColumns = LineBytes / sizeof(T), wholeColumns = columns / blockColumns * blockColumns;
        int highRows = HighBlockRows == 0 ? 0 : rows / HighBlockRows * HighBlockRows;
        int blockRows = BlockRows == 0 ? 0 : rows / BlockRows * BlockRows;
        for (int line = 0; line < wholeColumns && blockRows > 0; line += lineColumns)
        {
            int end = Math.Min(line + lineColumns, wholeColumns);
            for (int row = 0; row < blockRows;)
            {
                bool high = row < highRows;
                T* from = source + row * sourceStride, to = destination + row;
                int height = high ? HighBlockRows : BlockRows;
                for (int index = 0; Sse.IsSupported && index < height; index++)
                    Sse.Prefetch1(from + index * sourceStride + line + 2 * lineColumns);
                for (int column = line; column < end; column += blockColumns)
                {
                    if (high)
                        TransposeHighBlock(from + column, sourceStride, to + column * destinationStride, destinationStride);
                    else
                        TransposeBlock(from + column, sourceStride, to + column * destinationStride, destinationStride);
                }
                row += height;
            }
        }
        TransposeOneByOne(source, sourceStride, 0, blockRows, wholeColumns, columns, destination, destinationStride);
        TransposeOneByOne(source, sourceStride, blockRows, rows, 0, columns, destination, destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void TransposeOneByOne(
        T* source, nint sourceStride, int rowStart, int rowEnd, int columnStart, int columnEnd, T* destination, nint destinationStride)
    {
        for (int row = rowStart; row < rowEnd; row++)
        {
            for (int column = columnStart; column < columnEnd; column++)
                destination[column * destinationStride + row] = source[row * sourceStride + column];
        }
    }

    /// <summary>Rows of a block in vectors of 16 bytes, which has 16 bytes of columns, too; 0 where there are no such vectors.</summary>
    private static unsafe int BlockRows => Sse2.IsSupported || AdvSimd.Arm64.IsSupported ? 16 / sizeof(T) : 0;

    /// <summary>Rows of a block in vectors of 32 bytes; it has 16 bytes of columns. 0 where there are no such vectors.</summary>
    private static unsafe int HighBlockRows => Avx.IsSupported ? 32 / sizeof(T) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void TransposeBlock(T* source, nint sourceStride, T* destination, nint destinationStride)
    {
        if (typeof(T) == typeof(float))
            TransposeFourByFour((float*)source, sourceStride, (float*)destination, destinationStride);
        else
            TransposeTwoByTwo((double*)source, sourceStride, (double*)destination, destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void TransposeHighBlock(T* source, nint sourceStride, T* destination, nint destinationStride)
    {
        if (typeof(T) == typeof(float))
            TransposeEightByFour((float*)source, sourceStride, (float*)destination, destinationStride);
        else
            TransposeFourByTwo((double*)source, sourceStride, (double*)destination, destinationStride);
    }

    /// <summary>Two blocks of 4 x 4, one in each half of the vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void TransposeEightByFour(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        float* below = source + 4 * sourceStride;
        var r0 = Vector256.Create(Vector128.Load(source), Vector128.Load(below));
        var r1 = Vector256.Create(Vector128.Load(source + sourceStride), Vector128.Load(below + sourceStride));
        var r2 = Vector256.Create(Vector128.Load(source + 2 * sourceStride), Vector128.Load(below + 2 * sourceStride));
        var r3 = Vector256.Create(Vector128.Load(source + 3 * sourceStride), Vector128.Load(below + 3 * sourceStride));
        // Interleaving rows two apart, and then the results, puts columns side by side.
        Vector256<float> even01 = Avx.UnpackLow(r0, r2), even23 = Avx.UnpackHigh(r0, r2);
        Vector256<float> odd01 = Avx.UnpackLow(r1, r3), odd23 = Avx.UnpackHigh(r1, r3);
        Avx.UnpackLow(even01, odd01).Store(destination);
        Avx.UnpackHigh(even01, odd01).Store(destination + destinationStride);
        Avx.UnpackLow(even23, odd23).Store(destination + 2 * destinationStride);
        Avx.UnpackHigh(even23, odd23).Store(destination + 3 * destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void TransposeFourByFour(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Vector128<float> r0 = Vector128.Load(source), r1 = Vector128.Load(source + sourceStride);
        Vector128<float> r2 = Vector128.Load(source + 2 * sourceStride), r3 = Vector128.Load(source + 3 * sourceStride);
        (Vector128<float> even01, Vector128<float> even23) = Interleave(r0, r2);
        (Vector128<float> odd01, Vector128<float> odd23) = Interleave(r1, r3);
        (r0, r1) = Interleave(even01, odd01);
        (r2, r3) = Interleave(even23, odd23);
        r0.Store(destination);
        r1.Store(destination + destinationStride);
        r2.Store(destination + 2 * destinationStride);
        r3.Store(destination + 3 * destinationStride);
    }

    /// <summary>(x₀ y₀ x₁ y₁) and (x₂ y₂ x₃ y₃).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Low, Vector128<float> High) Interleave(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? (Sse.UnpackLow(x, y), Sse.UnpackHigh(x, y)) : (AdvSimd.Arm64.ZipLow(x, y), AdvSimd.Arm64.ZipHigh(x, y));

    /// <summary>Two blocks of 2 x 2, one in each half of the vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void TransposeFourByTwo(double* source, nint sourceStride, double* destination, nint destinationStride)
    {
        double* below = source + 2 * sourceStride;
        var even = Vector256.Create(Vector128.Load(source), Vector128.Load(below));
        var odd = Vector256.Create(Vector128.Load(source + sourceStride), Vector128.Load(below + sourceStride));
        Avx.UnpackLow(even, odd).Store(destination);
        Avx.UnpackHigh(even, odd).Store(destination + destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void TransposeTwoByTwo(double* source, nint sourceStride, double* destination, nint destinationStride)
    {
        Vector128<double> even = Vector128.Load(source), odd = Vector128.Load(source + sourceStride);
        Vector128.Create(even.GetLower(), odd.GetLower()).Store(destination);
        Vector128.Create(even.GetUpper(), odd.GetUpper()).Store(destination + destinationStride);
    }
}
