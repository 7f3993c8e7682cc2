namespace Mlp.Kernels;

internal sealed partial class Gemm<T>
{
    /// <summary>
    /// Copies B[k .. k + kc, column .. column + nc] into panels of <paramref name="nr"/> columns, each row-major [kc x nr]. The last
    /// panel's missing columns become zeros: the tile computes with them and does not store the result.
    /// </summary>
    private unsafe void PackPanels(T* panels, int k, int kc, int column, int nc, int nr)
    {
        nint rowStride = _operands.BRowStride, columnStride = _operands.BColumnStride;
        T* source = _operands.B + k * rowStride + column * columnStride;
        for (int j = 0; j < nc; j += nr, panels += nr * kc)
        {
            int width = Math.Min(nr, nc - j);
            if (width < nr)
                new Span<T>(panels, nr * kc).Clear();
            if (columnStride == 1)
            {
                for (int row = 0; row < kc; row++)
                    new ReadOnlySpan<T>(source + row * rowStride + j, width).CopyTo(new Span<T>(panels + row * nr, width));
            }
            else
            {
                for (int i = 0; i < width; i++)
                {
                    T* from = source + (j + i) * columnStride;
                    T* to = panels + i;
                    for (int row = 0; row < kc; row++)
                        to[row * nr] = from[row];
                }
            }
        }
    }
}
