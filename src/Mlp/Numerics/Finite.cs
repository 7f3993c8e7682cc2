using System.Numerics;
using System.Runtime.InteropServices;

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
        if (values.Length >= Vector<T>.Count)
        {
            ref T first = ref MemoryMarshal.GetReference(values);
            int last = values.Length - Vector<T>.Count;
            while (index < last && AreFinite(Vector.LoadUnsafe(ref first, (nuint)index)))
                index += Vector<T>.Count;
            // Those of the last vector, some of which may have been looked at.
            if (index >= last && AreFinite(Vector.LoadUnsafe(ref first, (nuint)last)))
                return -1;
        }
        for (; index < values.Length; index++)
        {
            if (!T.IsFinite(values[index]))
                return index;
        }
        return -1;
    }

    // 0 · x is 0 for every finite x and NaN for all others.
    private static bool AreFinite<T>(Vector<T> values) => Vector.EqualsAll(Vector<T>.Zero * values, Vector<T>.Zero);
}
