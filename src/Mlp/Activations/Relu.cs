using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>max(0, z).</summary>
internal readonly struct Relu<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.Max(z, LaneMath.Constant<TLanes, T>(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.SelectGreater(z, LaneMath.Constant<TLanes, T>(0), LaneMath.Constant<TLanes, T>(1), LaneMath.Constant<TLanes, T>(0));
}
