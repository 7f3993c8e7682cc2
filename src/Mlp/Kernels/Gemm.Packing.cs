using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Mlp.Kernels;

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
    private static unsafe void CopyRows(T* source, nint sourceStride, int rows, int columns, T* destination, nint destinationStride)
    {
        for (int row = 0; row < rows; row++)
            new ReadOnlySpan<T>(source + row * sourceStride, columns).CopyTo(new Span<T>(destination + row * destinationStride, columns));
    }

    /// <summary>destination[c, r] = source[r, c]; both row-major.</summary>
    private static unsafe void Transpose(T* source, nint sourceStride, int rows, int columns, T* destination, nint destinationStride)
    {
        int block = typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated ? 4 : 1, row = 0;
        for (; row <= rows - block; row += block)
        {
            T* from = source + row * sourceStride, to = destination + row;
            int column = 0;
            for (; column <= columns - block && block == 4; column += 4)
            {
                TransposeFourByFour(
                    (float*)(from + column), sourceStride, (float*)(to + column * destinationStride), destinationStride);
            }
            for (; column < columns; column++)
            {
                for (int i = 0; i < block; i++)
                    to[column * destinationStride + i] = from[i * sourceStride + column];
            }
        }
        for (; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                destination[column * destinationStride + row] = source[row * sourceStride + column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void TransposeFourByFour(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Vector128<float> r0 = Vector128.Load(source), r1 = Vector128.Load(source + sourceStride);
        Vector128<float> r2 = Vector128.Load(source + 2 * sourceStride), r3 = Vector128.Load(source + 3 * sourceStride);
        // Interleaving rows two apart, and then the results, puts columns side by side.
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
        Sse.IsSupported ? (Sse.UnpackLow(x, y), Sse.UnpackHigh(x, y))
        : AdvSimd.Arm64.IsSupported ? (AdvSimd.Arm64.ZipLow(x, y), AdvSimd.Arm64.ZipHigh(x, y))
        : (Vector128.Create(x[0], y[0], x[1], y[1]), Vector128.Create(x[2], y[2], x[3], y[3]));
}
