using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>
/// Elementary functions on lanes: one formula for every width and both precisions. NaN gives NaN. Measured errors are in
/// tests/Mlp.Tests/Kernels/LaneMathTests.cs.
/// </summary>
internal static partial class LaneMath
{
    private const double Log2E = 1.4426950408889634074;

    // ln 2 in two parts: the high part has so few bits that its product with any exponent is exact.
    private const double Ln2HighDouble = 6.93147180369123816490e-01, Ln2LowDouble = 1.90821492927058770002e-10;
    private const double Ln2HighSingle = 0.693145751953125, Ln2LowSingle = 1.42860682030941723212e-6;

    // Just above the logarithms of the smallest normal numbers.
    private const double LogNormalSingle = -87.3365, LogNormalDouble = -708.3964;

    /// <summary>e^x. 0 where it would be subnormal, +∞ far above the range of <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes lowest = Constant<TLanes, T>(typeof(T) == typeof(float) ? LogNormalSingle : LogNormalDouble);
        TLanes bounded = TLanes.AtMost(Constant<TLanes, T>(typeof(T) == typeof(float) ? 89 : 710), TLanes.AtLeast(lowest, x));
        return TLanes.SelectGreater(lowest, x, default, ExpWithinBounds<TLanes, T>(bounded));
    }

    /// <summary>e^x of x ≤ 0 as a factor: 0 below <see cref="Tiny.Factor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpOrZero<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes lowest = Constant<TLanes, T>(typeof(T) == typeof(float) ? Tiny.LogFactorSingle : Tiny.LogFactorDouble);
        return TLanes.SelectGreater(lowest, x, default, ExpWithinBounds<TLanes, T>(TLanes.AtLeast(lowest, x)));
    }

    /// <summary>e^x − 1, without cancellation near 0. +∞ above 88 in float and 709 in double, a little before it is out of range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpMinusOne<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Below, the result is −1 to the last bit. Above, 2^n would not be a normal number, and no caller goes there: tanh stops at 40,
        // ELU at 0.
        TLanes bounded = Clamp<TLanes, T>(x, typeof(T) == typeof(float) ? -25 : -50, typeof(T) == typeof(float) ? 88 : 709);
        return TLanes.SelectGreater(x, bounded, TLanes.Create(T.PositiveInfinity), ExpMinusOneWithinBounds<TLanes, T>(bounded));
    }

    /// <summary>ln(1 + x) for x in [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogOnePlus<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // ln(1 + x) = 2 artanh(x / (2 + x)); above √2 − 1 one factor 2 is taken out, so that the series' argument stays below 0.18.
        TLanes one = Constant<TLanes, T>(1), two = Constant<TLanes, T>(2), threshold = Constant<TLanes, T>(0.41421356237309505);
        TLanes f = TLanes.SelectGreater(x, threshold, (x - one) * Constant<TLanes, T>(0.5), x);
        TLanes log2 = TLanes.SelectGreater(x, threshold, Constant<TLanes, T>(0.69314718055994530942), Constant<TLanes, T>(0));
        TLanes s = f / (two + f), t = s * s, p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<TLanes, T>(2.0 / 9);
        }
        else
        {
            p = Constant<TLanes, T>(2.0 / 21);
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 19));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 17));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 15));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 13));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 11));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 9));
        }
        p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 7));
        p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 5));
        p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(2.0 / 3));
        // f − s·(f − t·p) equals 2s + s·t·p, with less rounding: f is exact.
        return (f - s * (f - t * p)) + log2;
    }

    /// <summary>1 / (1 + e^−x). 0 where it would be subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sigmoid<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SigmoidFrom<TLanes, T>(x, typeof(T) == typeof(float) ? LogNormalSingle : LogNormalDouble);

    /// <summary>1 / (1 + e^−x) as a factor: 0 below <see cref="Tiny.Factor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SigmoidOrZero<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SigmoidFrom<TLanes, T>(x, typeof(T) == typeof(float) ? Tiny.LogFactorSingle : Tiny.LogFactorDouble);

    /// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|). 0 below <see cref="Tiny.Factor"/>: the logarithm squares its argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Softplus<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLanes.Max(x, Constant<TLanes, T>(0)) + LogOnePlus<TLanes, T>(ExpOrZero<TLanes, T>(-TLanes.Abs(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Tanh<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From 20 on tanh is 1 to the last bit in both precisions; a NaN stays.
        TLanes bounded = TLanes.AtMost(Constant<TLanes, T>(20), TLanes.Abs(x));
        TLanes t = ExpMinusOneWithinBounds<TLanes, T>(bounded + bounded);
        return TLanes.CopySign(t / (t + Constant<TLanes, T>(2)), x);
    }

    /// <summary>The error function: x · P(x²) up to 1, 1 − e^−x² · Q((|x| − 3) / (|x| + 3)) beyond.</summary>
    /// <remarks>P and Q interpolate erf(x) / x and e^x² · erfc(x) at Chebyshev nodes, to below 1e-8 and 1e-16.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Erf<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes one = Constant<TLanes, T>(1);
        TLanes magnitude = TLanes.AtMost(Constant<TLanes, T>(6), TLanes.Abs(x));
        TLanes square = magnitude * magnitude;
        TLanes small = TLanes.AtMost(one, magnitude);
        TLanes near = small * ErfNear<TLanes, T>(small * small);
        TLanes u = (magnitude - Constant<TLanes, T>(3)) / (magnitude + Constant<TLanes, T>(3));
        TLanes far = one - ExpWithinBounds<TLanes, T>(-square) * ErfFar<TLanes, T>(u);
        return TLanes.CopySign(TLanes.SelectGreater(magnitude, one, far, near), x);
    }

    // Not by T.CreateTruncating, whose many layers cost the JIT a tenth of a millisecond for every constant of a formula.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Constant<TLanes, T>(double value)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLanes.Create(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value));

    /// <summary>1 / (1 + e^−x), and 0 for x below a limit, which is at least the logarithm of the smallest normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes SigmoidFrom<TLanes, T>(TLanes x, double lowest)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes one = Constant<TLanes, T>(1), value = one / (one + ExpWithinBounds<TLanes, T>(Clamp<TLanes, T>(-x, lowest, -lowest)));
        return TLanes.SelectGreater(Constant<TLanes, T>(lowest), x, default, value);
    }

    /// <summary>e^x for x from the logarithm of the smallest normal number to 710 (89 in float), where it is infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ExpWithinBounds<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Two powers of two, since the exponent of the largest results does not fit in one.
        var (exponent, tail) = Reduce<TLanes, T>(x);
        TLanes half = TLanes.Round(exponent * Constant<TLanes, T>(0.5));
        return (tail + Constant<TLanes, T>(1)) * TLanes.PowerOfTwo(half) * TLanes.PowerOfTwo(exponent - half);
    }

    /// <summary>e^x − 1 for x from −50 (−25 in float) to 709 (88).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ExpMinusOneWithinBounds<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (exponent, tail) = Reduce<TLanes, T>(x);
        TLanes power = TLanes.PowerOfTwo(exponent), one = Constant<TLanes, T>(1);
        return TLanes.MultiplyAdd(power, tail, power - one);
    }

    /// <summary>x = exponent · ln 2 + r with |r| ≤ ln(2) / 2; tail = e^r − 1 by its Taylor series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Exponent, TLanes Tail) Reduce<TLanes, T>(TLanes x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes exponent = TLanes.Round(x * Constant<TLanes, T>(Log2E));
        TLanes r = TLanes.MultiplyAdd(exponent, Constant<TLanes, T>(-(typeof(T) == typeof(float) ? Ln2HighSingle : Ln2HighDouble)), x);
        r = TLanes.MultiplyAdd(exponent, Constant<TLanes, T>(-(typeof(T) == typeof(float) ? Ln2LowSingle : Ln2LowDouble)), r);
        TLanes p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<TLanes, T>(1.0 / 5040);
        }
        else
        {
            p = Constant<TLanes, T>(1.0 / 6227020800);
            p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 479001600));
            p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 39916800));
            p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 3628800));
            p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 362880));
            p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 40320));
            p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 5040));
        }
        p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 720));
        p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 120));
        p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 24));
        p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(1.0 / 6));
        p = TLanes.MultiplyAdd(p, r, Constant<TLanes, T>(0.5));
        return (exponent, TLanes.MultiplyAdd(p, r * r, r));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Clamp<TLanes, T>(TLanes x, double low, double high)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLanes.AtMost(Constant<TLanes, T>(high), TLanes.AtLeast(Constant<TLanes, T>(low), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ErfNear<TLanes, T>(TLanes s)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<TLanes, T>(7.87587506268548834e-5);
            p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-8.01686428716586953e-4));
            p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(5.18908742343397399e-3));
            p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-2.68542120106264124e-2));
            p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(0.112835947151602177));
            p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-0.37612626666720331));
            return TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(1.12837916584835095));
        }
        p = Constant<TLanes, T>(-7.79589882700214224e-10);
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(1.37200645467776856e-8));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-1.62084838018717059e-7));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(1.64474247033173624e-6));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-1.49247369074196603e-5));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(1.20552949048397079e-4));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-8.54832597538969208e-4));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(5.22397760711642273e-3));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-2.68661706432377704e-2));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(0.112837916709450063));
        p = TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(-0.376126389031835404));
        return TLanes.MultiplyAdd(p, s, Constant<TLanes, T>(1.12837916709551257));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ErfFar<TLanes, T>(TLanes u)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes q;
        if (typeof(T) == typeof(float))
        {
            q = Constant<TLanes, T>(1.54932617686144567e-3);
            q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(4.66509452733590747e-3));
            q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-2.43376535267573455e-2));
            q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(7.16574981745666364e-2));
            q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-0.150118113262319943));
            q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.245603822104954756));
            q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-0.326233544913381662));
            return TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.179001151181318572));
        }
        q = Constant<TLanes, T>(1.28019008629626616e-06);
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(2.02360317964175664e-6));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-8.00802131941268433e-6));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-0.0000128488945125235288));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.0000640618207353054674));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.0000452547263548335414));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-0.000597062351709328428));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.000707746444390153731));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.00426913634750825636));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-0.0243924993182731931));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.0716658371977487434));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-0.150115936500787439));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.245603801712331945));
        q = TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(-0.326233560043037175));
        return TLanes.MultiplyAdd(q, u, Constant<TLanes, T>(0.17900115118138995));
    }
}
