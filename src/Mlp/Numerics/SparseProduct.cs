using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlp.Numerics;

/// <summary>Products with rows of which only some slots are not 0: one row of the weights [slots x units] for each of these.</summary>
/// <remarks>
/// Every element is c ← c + x·w for slot after slot, and for row after row in the gradient, as <see cref="Gemm{T}"/> does it for all slots:
/// a product with 0 adds nothing, so the bits are those of a dense copy.
/// </remarks>
internal static class SparseProduct
{
    /// <summary>sums[u] += Σ values[k] · weights[slots[k], u], k ascending.</summary>
    /// <param name="slots">Rows of the weights; not checked.</param>
    /// <param name="values">As many.</param>
    /// <param name="weights">[slots x units].</param>
    /// <param name="sums">One per unit.</param>
    public static void Add<T>(ReadOnlySpan<int> slots, ReadOnlySpan<T> values, ReadOnlySpan<T> weights, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!slots.IsEmpty)
            VectorLoop.Run<T, SumLoop<T>>(new SumLoop<T>(slots, values, weights, sums), sums.Length);
    }

    /// <summary>gradients[u] += value · delta[u]; or = where it is the first of a batch.</summary>
    public static void AddGradient<T>(T value, ReadOnlySpan<T> delta, Span<T> gradients, bool isFirst)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorLoop.Run<T, GradientLoop<T>>(new GradientLoop<T>(value, delta, gradients, isFirst), delta.Length);

    private readonly ref struct SumLoop<T>(ReadOnlySpan<int> slots, ReadOnlySpan<T> values, ReadOnlySpan<T> weights, Span<T> sums)
        : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref readonly int _slots = ref MemoryMarshal.GetReference(slots);
        private readonly ref readonly T _values = ref MemoryMarshal.GetReference(values);
        private readonly ref readonly T _weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref T _sums = ref MemoryMarshal.GetReference(sums);
        private readonly int _count = slots.Length, _unitCount = sums.Length;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes sum = TLanes.Load(in _sums, offset);
            for (int index = 0; index < _count; index++)
            {
                nuint row = (nuint)Unsafe.Add(ref Unsafe.AsRef(in _slots), index) * (nuint)_unitCount;
                sum = TLanes.MultiplyAdd(
                    TLanes.Create(Unsafe.Add(ref Unsafe.AsRef(in _values), index)), TLanes.Load(in _weights, row + offset), sum);
            }
            TLanes.Store(sum, ref _sums, offset);
        }
    }

    private readonly ref struct GradientLoop<T>(T value, ReadOnlySpan<T> delta, Span<T> gradients, bool isFirst) : IVectorLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T _value = value;
        private readonly bool _isFirst = isFirst;
        private readonly ref readonly T _delta = ref MemoryMarshal.GetReference(delta);
        private readonly ref T _gradients = ref MemoryMarshal.GetReference(gradients);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes start = _isFirst ? TLanes.Create(T.Zero) : TLanes.Load(in _gradients, offset);
            TLanes.Store(
                TLanes.MultiplyAdd(TLanes.Load(in _delta, offset), TLanes.Create(_value), start), ref _gradients, offset);
        }
    }
}
