using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>The matrix product as three loops, kept beside the fast one as its reference.</summary>
public static class NaiveGemm
{
    /// <summary>C [M x N] = A·B, or C += A·B: c ← c + aₖ·bₖ for k = 0, 1, … with the platform's multiply-add.</summary>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="a">A [M x K] row-major, or Aᵀ [K x M] row-major.</param>
    /// <param name="aTransposed">Whether Aᵀ is given.</param>
    /// <param name="b">B [K x N] row-major, or Bᵀ [N x K] row-major.</param>
    /// <param name="bTransposed">Whether Bᵀ is given.</param>
    /// <param name="c">Row-major.</param>
    /// <param name="accumulate">Whether C is added to.</param>
    public static void Multiply<T>(
        int m, int n, int k, ReadOnlySpan<T> a, bool aTransposed, ReadOnlySpan<T> b, bool bTransposed, Span<T> c, bool accumulate)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                T sum = accumulate ? c[row * n + column] : T.Zero;
                for (int index = 0; index < k; index++)
                {
                    T left = aTransposed ? a[index * m + row] : a[row * k + index];
                    T right = bTransposed ? b[column * k + index] : b[index * n + column];
                    sum = T.MultiplyAddEstimate(left, right, sum);
                }
                c[row * n + column] = sum;
            }
        }
    }

    /// <summary>One element of A·B in twice the digits of a double, and Σ |aₖ·bₖ| to measure its error with.</summary>
    public static (double Value, double AbsoluteSum) Element<T>(
        int m, int n, int k, ReadOnlySpan<T> a, bool aTransposed, ReadOnlySpan<T> b, bool bTransposed, int row, int column)
        where T : IBinaryFloatingPointIeee754<T>
    {
        double high = 0, low = 0, absoluteSum = 0;
        for (int index = 0; index < k; index++)
        {
            double left = double.CreateTruncating(aTransposed ? a[index * m + row] : a[row * k + index]);
            double right = double.CreateTruncating(bTransposed ? b[column * k + index] : b[index * n + column]);
            // The product and the sum each as a rounded value and its exact error (Dekker 1971; Knuth, TAOCP 2, 4.2.2).
            double product = left * right, productError = Math.FusedMultiplyAdd(left, right, -product);
            double sum = high + product, back = sum - high, sumError = (high - (sum - back)) + (product - back);
            (high, low) = (sum, low + (productError + sumError));
            absoluteSum += Math.Abs(product);
        }
        return (high + low, absoluteSum);
    }
}
