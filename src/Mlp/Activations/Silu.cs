using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>z / (1 + e^−z).</summary>
internal readonly struct Silu<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        z * LaneMath.SigmoidOrZero<TLanes, T>(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes sigmoid = LaneMath.SigmoidOrZero<TLanes, T>(z);
        return sigmoid * TLanes.MultiplyAdd(z, LaneMath.Constant<TLanes, T>(1) - sigmoid, LaneMath.Constant<TLanes, T>(1));
    }
}
