using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>τ (y − o) below the target, (1 − τ)(o − y) above it (Koenker and Bassett 1978).</summary>
internal readonly struct QuantileLoss<T>(T quantile) : IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes below = target - output, tau = TLanes.Create(quantile);
        return TLanes.Max(tau * below, (tau - LaneMath.Constant<TLanes, T>(1)) * below);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes below = target - output, zero = LaneMath.Constant<TLanes, T>(0), tau = TLanes.Create(quantile);
        // The last branch is the difference itself, so that a NaN goes on as NaN.
        return TLanes.SelectGreater(below, zero, -tau, TLanes.SelectGreater(zero, below, LaneMath.Constant<TLanes, T>(1) - tau, below));
    }
}
