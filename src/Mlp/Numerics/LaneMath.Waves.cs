using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <content>Sine and cosine.</content>
internal static partial class LaneMath
{
    /// <summary>cos 2πx and sin 2πx: x is an angle in full turns. NaN for ±∞; 1 and 0 from where all numbers are whole.</summary>
    /// <remarks>
    /// Turns, because what is left after whole turns and quarters is exact: no argument is too large, and no π is subtracted. It is an
    /// eighth at most, where the Taylor series of both are short.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes CosineOfTurns<TLanes, T>(TLanes x, out TLanes sine)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes one = Constant<TLanes, T>(1), half = Constant<TLanes, T>(0.5);
        TLanes part = x - TLanes.Round(x), size = TLanes.Abs(part), quarters = TLanes.Round(size * Constant<TLanes, T>(4));
        TLanes rest = TLanes.MultiplyAdd(quarters, Constant<TLanes, T>(-0.25), size);
        // 2π rest in two parts, a + r: to the precision of T alone it would cost a unit in the last place.
        TLanes angle = rest * Constant<TLanes, T>(Math.Tau), t = angle * angle;
        TLanes low = TLanes.MultiplyAdd(rest, Constant<TLanes, T>(Math.Tau), -angle);
        low = TLanes.MultiplyAdd(
            rest, Constant<TLanes, T>(typeof(T) == typeof(float) ? Math.Tau - (float)Math.Tau : 2.4492935982947064e-16), low);
        // cos(a + r) = cos a − r sin a; sin(a + r) = sin a + r cos a.
        TLanes cosine = one + TLanes.MultiplyAdd(CosineSeries<TLanes, T>(t), t, -(low * angle));
        sine = angle + TLanes.MultiplyAdd(SineSeries<TLanes, T>(t), t * angle, low * cosine);
        // A quarter turn exchanges the two; after one or two of them the cosine is negative.
        TLanes isEven = TLanes.Abs(quarters - one);
        (cosine, sine) = (TLanes.SelectGreater(isEven, half, cosine, sine), TLanes.SelectGreater(isEven, half, sine, cosine));
        sine = TLanes.CopySign(sine, part);
        return TLanes.SelectGreater(quarters, half, -cosine, cosine);
    }

    /// <summary>(cos a − 1) / a² of t = a² up to (π / 4)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes CosineSeries<TLanes, T>(TLanes t)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<TLanes, T>(1.0 / 40320);
        }
        else
        {
            p = Constant<TLanes, T>(1.0 / 20922789888000);
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-1.0 / 87178291200));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(1.0 / 479001600));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-1.0 / 3628800));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(1.0 / 40320));
        }
        p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-1.0 / 720));
        p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(1.0 / 24));
        return TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-0.5));
    }

    /// <summary>(sin a − a) / a³ of t = a² up to (π / 4)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes SineSeries<TLanes, T>(TLanes t)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes p;
        if (typeof(T) == typeof(float))
        {
            p = Constant<TLanes, T>(1.0 / 362880);
        }
        else
        {
            p = Constant<TLanes, T>(1.0 / 355687428096000);
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-1.0 / 1307674368000));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(1.0 / 6227020800));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-1.0 / 39916800));
            p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(1.0 / 362880));
        }
        p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-1.0 / 5040));
        p = TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(1.0 / 120));
        return TLanes.MultiplyAdd(p, t, Constant<TLanes, T>(-1.0 / 6));
    }
}
