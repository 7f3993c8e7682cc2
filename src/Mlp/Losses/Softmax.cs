using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Losses;

/// <summary>The parts of a softmax of one row, shifted by the row's maximum.</summary>
internal static class Softmax
{
    public static T Max<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = T.NegativeInfinity;
        foreach (T value in values)
            max = T.Max(max, value);
        return max;
    }

    /// <summary>exponentials = e^(values − max); returns their sum.</summary>
    public static T Exponentials<T>(ReadOnlySpan<T> values, T max, Span<T> exponentials)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        VectorLoop.Run<T, ShiftedExpLoop<T>>(new ShiftedExpLoop<T>(max, values, exponentials), values.Length);
        T sum = T.Zero;
        foreach (T value in exponentials)
            sum += value;
        return sum;
    }

    private readonly ref struct ShiftedExpLoop<T>(T shift, ReadOnlySpan<T> source, Span<T> destination) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _shift = shift;
        private readonly ref readonly T _source = ref MemoryMarshal.GetReference(source);
        private readonly ref T _destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(LaneMath.Exp<TLanes, T>(TLanes.Load(in _source, offset) - TLanes.Create(_shift)), ref _destination, offset);
    }
}
