using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Activations;

/// <summary>An activation's value and derivative, side by side, on lanes.</summary>
internal interface IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>f(z).</summary>
    static abstract TLanes Value<TLanes>(TLanes z) where TLanes : struct, ILanes<TLanes, T>;

    /// <summary>f′(z), given z and a = f(z).</summary>
    static abstract TLanes Derivative<TLanes>(TLanes z, TLanes a) where TLanes : struct, ILanes<TLanes, T>;
}
