using System.Numerics;

namespace Mlp.Numerics;

/// <summary>Looks for values that are NaN or infinite.</summary>
internal static class Finite
{
    /// <summary>The index of the first value that is NaN or infinite; −1 when there is none.</summary>
    /// <param name="values">Any number of them.</param>
    public static int IndexOfAnyExcept<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = 0;
        // 0 · x is 0 for every finite x and NaN for all others.
        for (; index + Vector<T>.Count <= values.Length; index += Vector<T>.Count)
        {
            var products = Vector<T>.Zero * new Vector<T>(values[index..]);
            if (!Vector.EqualsAll(products, Vector<T>.Zero))
                break;
        }
        for (; index < values.Length; index++)
        {
            if (!T.IsFinite(values[index]))
                return index;
        }
        return -1;
    }
}
