using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>−y (1 − p)^γ ln p − (1 − y) p^γ ln(1 − p) with p = 1 / (1 + e^−o) (Lin et al. 2017, equation 4).</summary>
/// <remarks>With s(o) = ln(1 + e^o): ln p = −s(−o), ln(1 − p) = −s(o), and powers are exponentials of them, so nothing overflows.</remarks>
internal readonly struct BinaryFocalLoss<T>(T gamma) : IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes positive = FocalTerm(output), negative = FocalTerm(-output);
        return target * positive + (LaneMath.Constant<TLanes, T>(1) - target) * negative;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes positive = FocalSlope(output), negative = FocalSlope(-output);
        return (LaneMath.Constant<TLanes, T>(1) - target) * negative - target * positive;
    }

    /// <summary>(1 − p)^γ · −ln p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes FocalTerm<TLanes>(TLanes output) where TLanes : struct, ILanes<TLanes, T> =>
        LaneMath.ExpOrZero<TLanes, T>(
            -(TLanes.Create(gamma) * LaneMath.Softplus<TLanes, T>(output))) * LaneMath.Softplus<TLanes, T>(-output);

    /// <summary>Minus its derivative by o: (1 − p)^γ (γ p · −ln p + 1 − p).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes FocalSlope<TLanes>(TLanes output) where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes exponent = TLanes.Create(gamma);
        TLanes power = LaneMath.ExpOrZero<TLanes, T>(-(exponent * LaneMath.Softplus<TLanes, T>(output)));
        TLanes slope = exponent * LaneMath.SigmoidOrZero<TLanes, T>(output) * LaneMath.Softplus<TLanes, T>(-output);
        return power * (slope + LaneMath.SigmoidOrZero<TLanes, T>(-output));
    }
}
