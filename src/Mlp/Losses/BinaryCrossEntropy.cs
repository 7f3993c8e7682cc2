using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>−y ln p − (1 − y) ln(1 − p) with p = 1 / (1 + e^−o), computed on the logit o.</summary>
internal readonly struct BinaryCrossEntropy<T> : IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        // The first difference is exact for targets 0 and 1; the logarithm is what is left of the loss for a large logit.
        TLanes zero = LaneMath.Constant<TLanes, T>(0);
        TLanes rest = LaneMath.LogOnePlus<TLanes, T>(LaneMath.ExpOrZero<TLanes, T>(-TLanes.Abs(output)));
        return (TLanes.Max(output, zero) - output * target) + rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T> =>
        LaneMath.SigmoidOrZero<TLanes, T>(output) - target;
}
