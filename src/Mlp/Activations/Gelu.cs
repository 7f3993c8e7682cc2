using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>z Φ(z).</summary>
internal readonly struct Gelu<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        z * NormalDistribution(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T> =>
        TLanes.MultiplyAdd(z, NormalDensity(z), NormalDistribution(z));

    /// <summary>Φ(z) = (1 + erf(z / √2)) / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes NormalDistribution<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes half = LaneMath.Constant<TLanes, T>(0.5);
        return TLanes.MultiplyAdd(half, LaneMath.Erf<TLanes, T>(z * LaneMath.Constant<TLanes, T>(0.70710678118654752440)), half);
    }

    /// <summary>Φ′(z) = e^(−z² / 2) / √(2π).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes NormalDensity<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        LaneMath.Constant<TLanes, T>(0.39894228040143267794) * LaneMath.ExpOrZero<TLanes, T>(z * z * LaneMath.Constant<TLanes, T>(-0.5));
}
