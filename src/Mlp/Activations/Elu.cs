using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>z above 0, e^z − 1 elsewhere.</summary>
internal readonly struct Elu<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.SelectGreater(z, LaneMath.Constant<TLanes, T>(0), z, LaneMath.ExpMinusOne<TLanes, T>(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.SelectGreater(z, LaneMath.Constant<TLanes, T>(0), LaneMath.Constant<TLanes, T>(1), a + LaneMath.Constant<TLanes, T>(1));
}
