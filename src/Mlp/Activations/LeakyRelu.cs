using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>z above 0, 0.01 z elsewhere.</summary>
internal readonly struct LeakyRelu<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Slope = 0.01;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.SelectGreater(z, LaneMath.Constant<TLanes, T>(0), z, z * LaneMath.Constant<TLanes, T>(Slope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.SelectGreater(z, LaneMath.Constant<TLanes, T>(0), LaneMath.Constant<TLanes, T>(1), LaneMath.Constant<TLanes, T>(Slope));
}
