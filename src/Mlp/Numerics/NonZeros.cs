using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mlp.Numerics;

/// <summary>Which values are not 0: flags in words, the first value's in the lowest bit.</summary>
internal static class NonZeros
{
    public const int FlagsPerWord = 64;

    /// <summary>Sets a flag for each value that is not 0; returns how many are.</summary>
    /// <param name="values">The first of them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="flags">As many words as their flags need, overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Flag<T>(ref T values, int count, ref ulong flags)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int found = 0;
        for (int start = 0; start < count; start += FlagsPerWord)
        {
            ref T first = ref Unsafe.Add(ref values, start);
            int end = Math.Min(count - start, FlagsPerWord), index = 0;
            ulong word = 0;
            for (; index <= end - Vector128<T>.Count; index += Vector128<T>.Count)
            {
                var some = Vector128.LoadUnsafe(ref first, (nuint)index);
                uint areZero = Vector128.Equals(some, Vector128<T>.Zero).ExtractMostSignificantBits();
                word |= (ulong)(~areZero & ((1u << Vector128<T>.Count) - 1)) << index;
            }
            for (; index < end; index++)
                word |= Unsafe.Add(ref first, index) == T.Zero ? 0 : 1UL << index;
            Unsafe.Add(ref flags, start / FlagsPerWord) = word;
            found += BitOperations.PopCount(word);
        }
        return found;
    }
}
