using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>z tanh(ln(1 + e^z)).</summary>
internal readonly struct Mish<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T> =>
        z * LaneMath.Tanh<TLanes, T>(LaneMath.Softplus<TLanes, T>(z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes tanh = LaneMath.Tanh<TLanes, T>(LaneMath.Softplus<TLanes, T>(z));
        TLanes slope = (LaneMath.Constant<TLanes, T>(1) - tanh * tanh) * LaneMath.SigmoidOrZero<TLanes, T>(z);
        return TLanes.MultiplyAdd(z, slope, tanh);
    }
}
