using System.Numerics;

namespace Mlp.Numerics;

/// <summary>A function of one value, applied to many: what a product does to its finished sums while they are in the cache.</summary>
internal abstract class ElementwiseFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether f(z) = z, so that there is nothing to do.</summary>
    public virtual bool IsIdentity => false;

    /// <summary>Whether f(−0) is f(0), to the sign of a result of 0.</summary>
    public virtual bool TreatsZerosAlike => false;

    /// <summary>results = f(values). The two may be the same span.</summary>
    public abstract void Apply(ReadOnlySpan<T> values, Span<T> results);

    /// <summary>results = f(values), and then values ← f′(values).</summary>
    /// <remarks>Side by side, because the two share most of their arithmetic.</remarks>
    public abstract void ApplyWithSlopes(Span<T> values, Span<T> results);
}
