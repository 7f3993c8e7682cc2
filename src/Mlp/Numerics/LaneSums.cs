using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mlp.Numerics;

/// <summary>
/// Sums of products that lie side by side in vectors, one sum in each lane. They have the bits of <see cref="ILanes{TSelf, T}.Sum"/> of
/// vectors that hold the products of one sum, as <see cref="VectorLoop"/> forms them, without adding up lanes.
/// </summary>
/// <remarks>
/// Sum adds halves to halves down to 128 bits, and there neighbours: of 16 products 0 + 8, 4 + 12, their sum, and so on. In
/// <see cref="Order"/> these are neighbours all the way: (0 + 8) + (4 + 12) + ….
/// </remarks>
internal static class LaneSums
{
    /// <summary>How many of the products that are left <see cref="VectorLoop"/> takes as one vector.</summary>
    public static int PartLength<T>(int left)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector512.IsHardwareAccelerated && left >= Vector512<T>.Count ? Vector512<T>.Count
        : Vector256.IsHardwareAccelerated && left >= Vector256<T>.Count ? Vector256<T>.Count
        : Vector128.IsHardwareAccelerated && left >= Vector128<T>.Count ? Vector128<T>.Count : 1;

    /// <summary>Which product comes where, so that those that are added first are neighbours.</summary>
    public static int[] Order<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var order = new List<int>(count);
        while (order.Count < count)
        {
            int start = order.Count;
            order.AddRange(PartOrder(PartLength<T>(count - start)).Select(place => start + place));
        }
        return [.. order];

        // Each place is followed by the one in the other half.
        static IEnumerable<int> PartOrder(int length) => length <= Vector128<T>.Count
            ? Enumerable.Range(0, length)
            : PartOrder(length / 2).SelectMany(place => (int[])[place, place + length / 2]);
    }

    /// <summary>start + Σ values · factors, part after part.</summary>
    /// <param name="start">What the sums start from.</param>
    /// <param name="values">[count] vectors, in order.</param>
    /// <param name="factors">[count] in order, as the operand reads them.</param>
    /// <param name="count">Of the products.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe TLanes Add<TLanes, TOperand, T>(TLanes start, T* values, T* factors, int count)
        where TLanes : struct, ILanes<TLanes, T>
        where TOperand : struct, ILaneOperand
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int first = 0; first < count;)
        {
            int length = PartLength<T>(count - first);
            start += length switch
            {
                16 => Eight<TLanes, TOperand, T>(values, factors, first) + Eight<TLanes, TOperand, T>(values, factors, first + 8),
                8 => Eight<TLanes, TOperand, T>(values, factors, first),
                4 => Four<TLanes, TOperand, T>(values, factors, first),
                2 => Two<TLanes, TOperand, T>(values, factors, first),
                _ => Product<TLanes, TOperand, T>(values, factors, first),
            };
            first += length;
        }
        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe TLanes Eight<TLanes, TOperand, T>(T* values, T* factors, int first)
        where TLanes : struct, ILanes<TLanes, T>
        where TOperand : struct, ILaneOperand
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Four<TLanes, TOperand, T>(values, factors, first) + Four<TLanes, TOperand, T>(values, factors, first + 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe TLanes Four<TLanes, TOperand, T>(T* values, T* factors, int first)
        where TLanes : struct, ILanes<TLanes, T>
        where TOperand : struct, ILaneOperand
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Two<TLanes, TOperand, T>(values, factors, first) + Two<TLanes, TOperand, T>(values, factors, first + 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe TLanes Two<TLanes, TOperand, T>(T* values, T* factors, int first)
        where TLanes : struct, ILanes<TLanes, T>
        where TOperand : struct, ILaneOperand
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Product<TLanes, TOperand, T>(values, factors, first) + Product<TLanes, TOperand, T>(values, factors, first + 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe TLanes Product<TLanes, TOperand, T>(T* values, T* factors, int index)
        where TLanes : struct, ILanes<TLanes, T>
        where TOperand : struct, ILaneOperand
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLanes.Load(ref *values, (nuint)(index * TLanes.Count)) * TOperand.Load<TLanes, T>(factors, index);
}

/// <summary>How an operand of all lanes lies in memory.</summary>
internal interface ILaneOperand
{
    /// <summary>The operand of an index.</summary>
    static abstract unsafe TLanes Load<TLanes, T>(T* values, int index)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A number that all lanes share.</summary>
internal readonly struct SharedOperand : ILaneOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe TLanes Load<TLanes, T>(T* values, int index)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TLanes.Create(values[index]);
}

/// <summary>A vector: a number for each lane.</summary>
internal readonly struct VectorOperand : ILaneOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe TLanes Load<TLanes, T>(T* values, int index)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TLanes.Load(ref *values, (nuint)(index * TLanes.Count));
}
