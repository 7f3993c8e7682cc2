using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>Ten sums of products side by side.</summary>
/// <remarks>
/// The terms of a sum are added one after the other, and each addition waits for the one before. Ten sums at a time take little longer than
/// one, and have the bits that each has by itself.
/// </remarks>
internal static class TenSums
{
    /// <summary>Sums at a time.</summary>
    public const int Count = 10;

    /// <summary>sums[s] += Σ a[s, k] w[s, k].</summary>
    /// <param name="a">[10 x length].</param>
    /// <param name="w">[10 x length].</param>
    /// <param name="length">Terms of each sum.</param>
    /// <param name="sums">Ten of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(ref T a, ref T w, nint length, ref T sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T s0 = sums, s1 = Unsafe.Add(ref sums, 1), s2 = Unsafe.Add(ref sums, 2), s3 = Unsafe.Add(ref sums, 3);
        T s4 = Unsafe.Add(ref sums, 4), s5 = Unsafe.Add(ref sums, 5), s6 = Unsafe.Add(ref sums, 6);
        T s7 = Unsafe.Add(ref sums, 7), s8 = Unsafe.Add(ref sums, 8), s9 = Unsafe.Add(ref sums, 9);
        for (nint k = 0; k < length; k++)
        {
            nint at = k;
            s0 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s0); at += length;
            s1 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s1); at += length;
            s2 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s2); at += length;
            s3 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s3); at += length;
            s4 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s4); at += length;
            s5 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s5); at += length;
            s6 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s6); at += length;
            s7 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s7); at += length;
            s8 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s8); at += length;
            s9 = T.MultiplyAddEstimate(Unsafe.Add(ref a, at), Unsafe.Add(ref w, at), s9);
        }
        (sums, Unsafe.Add(ref sums, 1), Unsafe.Add(ref sums, 2), Unsafe.Add(ref sums, 3)) = (s0, s1, s2, s3);
        (Unsafe.Add(ref sums, 4), Unsafe.Add(ref sums, 5), Unsafe.Add(ref sums, 6)) = (s4, s5, s6);
        (Unsafe.Add(ref sums, 7), Unsafe.Add(ref sums, 8), Unsafe.Add(ref sums, 9)) = (s7, s8, s9);
    }
}
