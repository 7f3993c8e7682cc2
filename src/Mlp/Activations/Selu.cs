using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>λ z above 0, λα (e^z − 1) elsewhere.</summary>
internal readonly struct Selu<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Klambauer et al. 2017, the fixed point for zero mean and unit variance.
    public const double Alpha = 1.6732632423543772848, Scale = 1.0507009873554804935;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        LaneMath.Constant<TLanes, T>(Scale) * TLanes.SelectGreater(
            z, LaneMath.Constant<TLanes, T>(0), z, LaneMath.Constant<TLanes, T>(Alpha) * LaneMath.ExpMinusOne<TLanes, T>(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.SelectGreater(
            z, LaneMath.Constant<TLanes, T>(0), LaneMath.Constant<TLanes, T>(Scale), a + LaneMath.Constant<TLanes, T>(Scale * Alpha));
}
