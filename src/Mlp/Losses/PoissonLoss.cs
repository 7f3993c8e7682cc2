using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>e^o − y o: the outputs are logarithms of rates.</summary>
internal readonly struct PoissonLoss<T> : IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T> =>
        LaneMath.Exp<TLanes, T>(output) - target * output;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes output, TLanes target) where TLanes : struct, ILanes<TLanes, T> =>
        Tiny.Flush<TLanes, T>(LaneMath.Exp<TLanes, T>(output)) - target;
}
