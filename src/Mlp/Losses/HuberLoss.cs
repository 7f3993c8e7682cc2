using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>½ d² for |d| ≤ δ, δ (|d| − δ/2) beyond, with d = o − y (Huber 1964).</summary>
internal readonly struct HuberLoss<T>(T threshold) : IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes half = LaneMath.Constant<TLanes, T>(0.5), delta = TLanes.Create(threshold), size = TLanes.Abs(output - target);
        return TLanes.SelectGreater(size, delta, delta * (size - half * delta), half * size * size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes delta = TLanes.Create(threshold);
        return TLanes.Min(TLanes.Max(output - target, -delta), delta);
    }
}
