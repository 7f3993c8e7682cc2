using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mlp.Checkpoints;
using Mlp.Kernels;

namespace Mlp;

/// <summary>
/// In training, sets each output of a hidden layer to 0 with a given probability and enlarges the others, so that the mean stays
/// (Srivastava et al. 2014, in the inverted form). Drawn anew for every row of every batch.
/// </summary>
internal sealed class Dropout<T> : ICheckpointed
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Four of them come from one random number, the low bits first.
    private const int DrawBits = 16, DrawsPerNumber = 64 / DrawBits;

    // Numbers that are drawn before they are used.
    private const int Portion = 64;

    private readonly double[] _rates;
    private readonly AlignedBuffer<T>[] _factors, _outputs;
    private readonly RandomSource _random;

    /// <param name="rates">One per hidden layer, in [0, 1).</param>
    /// <param name="unitCounts">Units of those layers.</param>
    /// <param name="maxRowCount">Rows of the largest batch.</param>
    /// <param name="random">Drawn from layer by layer, row by row: by one thread, so that the draws do not depend on how many there are.</param>
    public Dropout(IReadOnlyList<double> rates, IReadOnlyList<int> unitCounts, int maxRowCount, RandomSource random)
    {
        _rates = [.. rates];
        _random = random;
        _factors = [.. unitCounts.Select(units => Workspace<T>.CreateRows(maxRowCount, units))];
        _outputs = [.. unitCounts.Select(units => Workspace<T>.CreateRows(maxRowCount, units))];
    }

    /// <summary>What the next layer sees in place of a hidden layer's activations; drawn by this call.</summary>
    public Span<T> Draw(int layer, ReadOnlySpan<T> activations)
    {
        Span<T> factors = _factors[layer].Span[..activations.Length], outputs = Outputs(layer, activations.Length);
        DrawFactors(_rates[layer], factors);
        Multiply(factors, activations, outputs);
        return outputs;
    }

    /// <summary>The values of the last draw.</summary>
    public Span<T> Outputs(int layer, int length) => _outputs[layer].Span[..length];

    /// <summary>From ∂loss/∂(what the next layer saw) to ∂loss/∂activations, in place.</summary>
    public void Backward(int layer, Span<T> delta) => Multiply(_factors[layer].Span[..delta.Length], delta, delta);

    public void Exchange(StateExchange state) => _random.Exchange(state);

    /// <summary>0 with the probability <paramref name="rate"/>, otherwise what keeps the mean at 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawFactors(double rate, Span<T> factors)
    {
        var threshold = (int)Math.Round(rate * (1 << DrawBits));
        // The rate that the draws really have.
        T kept = T.CreateTruncating(1 / (1 - threshold / (double)(1 << DrawBits)));
        Span<ulong> numbers = stackalloc ulong[Portion];
        while (!factors.IsEmpty)
        {
            Span<T> part = factors[..Math.Min(Portion * DrawsPerNumber, factors.Length)];
            numbers = numbers[..((part.Length + DrawsPerNumber - 1) / DrawsPerNumber)];
            _random.Fill(numbers);
            int done = BitConverter.IsLittleEndian ? Select(MemoryMarshal.Cast<ulong, ushort>(numbers), threshold, kept, part) : 0;
            for (int index = done; index < part.Length; index++)
            {
                var draw = (ushort)(numbers[index / DrawsPerNumber] >> (index % DrawsPerNumber * DrawBits));
                part[index] = draw < threshold ? T.Zero : kept;
            }
            factors = factors[part.Length..];
        }
    }

    /// <summary>Eight factors at a time, as far as they come in eights. Returns how many that were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Select(ReadOnlySpan<ushort> draws, int threshold, T kept, Span<T> factors)
    {
        // Of a rate this close to 1 the threshold is no ushort any more.
        if (threshold > ushort.MaxValue || typeof(T) != typeof(float))
            return 0;
        var thresholds = Vector128.Create((ushort)threshold);
        Vector128<int> keptBits = Vector128.Create(float.CreateTruncating(kept)).AsInt32();
        Span<int> bits = MemoryMarshal.Cast<T, int>(factors);
        int index = 0;
        for (; index <= factors.Length - Vector128<ushort>.Count; index += Vector128<ushort>.Count)
        {
            // All bits set where the draw is kept: as a signed number -1, which stays all ones when widened.
            Vector128<short> isKept = Vector128.GreaterThanOrEqual(Vector128.Create(draws[index..]), thresholds).AsInt16();
            (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(isKept);
            (lower & keptBits).CopyTo(bits[index..]);
            (upper & keptBits).CopyTo(bits[(index + Vector128<int>.Count)..]);
        }
        return index;
    }

    private static void Multiply(ReadOnlySpan<T> factors, ReadOnlySpan<T> values, Span<T> products) =>
        VectorLoop.Run<T, MultiplyLoop>(new MultiplyLoop(factors, values, products), products.Length);

    private readonly ref struct MultiplyLoop(ReadOnlySpan<T> factors, ReadOnlySpan<T> values, Span<T> products) : IVectorLoop<T>
    {
        private readonly ref readonly T _factors = ref MemoryMarshal.GetReference(factors);
        private readonly ref readonly T _values = ref MemoryMarshal.GetReference(values);
        private readonly ref T _products = ref MemoryMarshal.GetReference(products);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(TLanes.Load(in _factors, offset) * TLanes.Load(in _values, offset), ref _products, offset);
    }
}
