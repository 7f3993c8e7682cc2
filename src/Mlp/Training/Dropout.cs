using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    // Four of them come from one random number.
    private const int DrawBits = 16;

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
        var threshold = (ulong)Math.Round(_rates[layer] * (1 << DrawBits));
        // The rate that the draws really have.
        T kept = T.CreateTruncating(1 / (1 - threshold / (double)(1 << DrawBits)));
        ulong bits = 0;
        for (int index = 0; index < factors.Length; index++, bits >>= DrawBits)
        {
            if (index % (64 / DrawBits) == 0)
                bits = _random.NextUInt64();
            factors[index] = (bits & ((1 << DrawBits) - 1)) < threshold ? T.Zero : kept;
        }
        activations.CopyTo(outputs);
        Multiply(factors, outputs);
        return outputs;
    }

    /// <summary>The values of the last draw.</summary>
    public Span<T> Outputs(int layer, int length) => _outputs[layer].Span[..length];

    /// <summary>From ∂loss/∂(what the next layer saw) to ∂loss/∂activations, in place.</summary>
    public void Backward(int layer, Span<T> delta) => Multiply(_factors[layer].Span[..delta.Length], delta);

    public void Exchange(StateExchange state) => _random.Exchange(state);

    private static void Multiply(ReadOnlySpan<T> factors, Span<T> values) =>
        VectorLoop.Run<T, MultiplyLoop>(new MultiplyLoop(factors, values), values.Length);

    private readonly ref struct MultiplyLoop(ReadOnlySpan<T> factors, Span<T> values) : IVectorLoop<T>
    {
        private readonly ref readonly T _factors = ref MemoryMarshal.GetReference(factors);
        private readonly ref T _values = ref MemoryMarshal.GetReference(values);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T> =>
            TLanes.Store(TLanes.Load(in _factors, offset) * TLanes.Load(in _values, offset), ref _values, offset);
    }
}
