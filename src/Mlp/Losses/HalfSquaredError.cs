using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>½ (o − y)².</summary>
internal readonly struct HalfSquaredError<T> : IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes difference = output - target;
        return difference * difference * LaneMath.Constant<TLanes, T>(0.5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T> =>
        output - target;
}
