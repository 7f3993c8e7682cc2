using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>|o − y|; its slope at 0 is 0.</summary>
internal readonly struct AbsoluteError<T> : IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.Abs(output - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T> =>
        Sign(output - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sign<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes zero = LaneMath.Constant<TLanes, T>(0), one = LaneMath.Constant<TLanes, T>(1);
        // The last branch is x and not 0, so that a NaN goes on as NaN.
        return TLanes.SelectGreater(x, zero, one, TLanes.SelectGreater(zero, x, -one, x));
    }
}
