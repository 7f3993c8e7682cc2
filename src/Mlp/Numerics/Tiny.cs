using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.Numerics;

/// <summary>Where small numbers end: what decays becomes 0 before it becomes subnormal.</summary>
/// <remarks>
/// <para>
/// Below 2^-126 (2^-1022 in double) numbers are subnormal, and some processors take a hundred times as long for each operation on them.
/// Values that decay step by step (moments of a weight whose gradient is 0, the tail of a sigmoid) would get there and stay. The
/// processor's own switch for this is no way out: what it does differs between processors, and the bits with it. A comparison does not.
/// </para>
/// <para>
/// Factors of products end at 2^-60 (2^-500): activations, slopes, ∂loss/∂z, gradients, velocities and weights that shrink. A product of
/// two is then 2^-120 (2^-1000) at least, and so is the smallest running mean of squares, where the square root is such a factor again.
/// Both are far below what counts: 1 + 2^-60 is 1 in float, and Adam's ε is 10^10 times as large.
/// </para>
/// </remarks>
internal static class Tiny
{
    /// <summary>ln 2^-60 and ln 2^-500: where an exponential that is a factor ends.</summary>
    public const double LogFactorSingle = -41.58883083359672, LogFactorDouble = -346.5735902799727;

    // Constants, and not the methods below, in what is inlined into loops: the JIT's budget for one loop is small, and what exceeds it
    // becomes a call for each vector.
    private const double FactorSingle = 8.673617379884035e-19, FactorDouble = 3.054936363499605e-151;
    private const double SquareSingle = 7.52316384526264e-37, SquareDouble = 9.332636185032189e-302;

    /// <summary>The smallest factor: 2^-60, or 2^-500 in double.</summary>
    public static double Factor<T>() => typeof(T) == typeof(float) ? FactorSingle : FactorDouble;

    /// <summary>The smallest mean of squares: 2^-120, or 2^-1000 in double.</summary>
    public static double Square<T>() => typeof(T) == typeof(float) ? SquareSingle : SquareDouble;

    /// <summary>The smallest number that is not subnormal: 2^-126, or 2^-1022 in double.</summary>
    public static double Normal<T>() => typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308;

    /// <summary>Values whose magnitude is below <see cref="Factor"/> become 0; a NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Flush<TLanes, T>(TLanes values)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Flush<TLanes, T>(LaneMath.Constant<TLanes, T>(typeof(T) == typeof(float) ? FactorSingle : FactorDouble), values);

    /// <summary>Values whose magnitude is below a limit become 0; a NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Flush<TLanes, T>(TLanes limit, TLanes values)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLanes.SelectGreater(limit, TLanes.Abs(values), default, values);

    /// <summary>Means of squares below <see cref="Square"/> become 0; a NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes FlushSquares<TLanes, T>(TLanes squares)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes limit = LaneMath.Constant<TLanes, T>(typeof(T) == typeof(float) ? SquareSingle : SquareDouble);
        return TLanes.SelectGreater(limit, squares, default, squares);
    }

    /// <summary>A value whose magnitude is below <see cref="Factor"/> becomes 0; a NaN stays.</summary>
    public static T Flush<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.Abs(value) < T.CreateTruncating(Factor<T>()) ? T.Zero : value;

    /// <summary>A number in the precision of T; 0 where it would be subnormal.</summary>
    public static T Round<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Math.Abs(value) < Normal<T>() ? T.Zero : T.CreateTruncating(value);
}
