using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp.Networks;

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
    private const int Portion = 256;

    private readonly double[] _rates;
    private readonly RandomSource _random;
    // Of batches by shards: which they are and how many rows each has.
    private readonly List<(int Shard, int RowCount)> _shards = [];
    private int _seed;
    private long _step;

    /// <param name="rates">One per hidden layer, in [0, 1).</param>
    /// <param name="random">Drawn from layer by layer, row by row: by one thread, so that the draws do not depend on how many there
    /// are.</param>
    public Dropout(IReadOnlyList<double> rates, RandomSource random) => (_rates, _random) = ([.. rates], random);

    /// <summary>Multiplies by 0 with the probability of the layer's rate, otherwise by what keeps the mean.</summary>
    /// <param name="layer">Which hidden layer.</param>
    /// <param name="activations">Its outputs; in place.</param>
    /// <param name="slopes">Their slopes, as many: by the same factors, so that the backward pass needs no other; in place.</param>
    public void Apply(int layer, Span<T> activations, Span<T> slopes)
    {
        if (_shards.Count == 0)
        {
            Drop(layer, activations, slopes);
            return;
        }
        int rows = 0;
        foreach ((_, int rowCount) in _shards)
            rows += rowCount;
        int units = activations.Length / rows, start = 0;
        foreach ((int shard, int rowCount) in _shards)
        {
            _random.Restart(_seed, _step, shard, layer);
            Drop(layer, activations.Slice(start, rowCount * units), slopes.Slice(start, rowCount * units));
            start += rowCount * units;
        }
    }

    /// <summary>From now on rows are those of shards, and what is dropped of a shard depends on the seed, the step, the shard and the layer
    /// alone.</summary>
    public void StartShards(int seed, long step)
    {
        (_seed, _step) = (seed, step);
        _shards.Clear();
    }

    /// <summary>The next rows of the batch are a shard's.</summary>
    public void AddShard(int shard, int rowCount) => _shards.Add((shard, rowCount));

    public void Exchange(StateExchange state) => _random.Exchange(state);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Drop(int layer, Span<T> activations, Span<T> slopes)
    {
        double threshold = Math.Round(_rates[layer] * (1 << DrawBits));
        // The rate that the draws really have.
        double kept = 1 / (1 - threshold / (1 << DrawBits));
        Span<ulong> numbers = stackalloc ulong[Portion];
        while (!activations.IsEmpty)
        {
            int count = Math.Min(Portion * DrawsPerNumber, activations.Length);
            numbers = numbers[..((count + DrawsPerNumber - 1) / DrawsPerNumber)];
            _random.Fill(numbers);
            Span<ushort> draws = MemoryMarshal.Cast<ulong, ushort>(numbers);
            if (!BitConverter.IsLittleEndian)
            {
                // Of each number the low draw first, of each draw the bytes as they were.
                BinaryPrimitives.ReverseEndianness(numbers, numbers);
                BinaryPrimitives.ReverseEndianness(draws, draws);
            }
            VectorLoop.Run<T, DropLoop>(
                new DropLoop(T.CreateTruncating(threshold), T.CreateTruncating(kept), draws, activations, slopes), count);
            activations = activations[count..];
            slopes = slopes[count..];
        }
    }

    private readonly ref struct DropLoop(T threshold, T kept, ReadOnlySpan<ushort> draws, Span<T> activations, Span<T> slopes)
        : IVectorLoop<T>
    {
        private readonly T _threshold = threshold, _kept = kept;
        private readonly ref readonly ushort _draws = ref MemoryMarshal.GetReference(draws);
        private readonly ref T _activations = ref MemoryMarshal.GetReference(activations);
        private readonly ref T _slopes = ref MemoryMarshal.GetReference(slopes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(nuint offset) where TLanes : struct, ILanes<TLanes, T>
        {
            TLanes factors = TLanes.SelectGreater(
                TLanes.Create(_threshold), TLanes.LoadUInt16(in _draws, offset), TLanes.Create(T.Zero), TLanes.Create(_kept));
            TLanes.Store(factors * TLanes.Load(in _activations, offset), ref _activations, offset);
            TLanes.Store(factors * TLanes.Load(in _slopes, offset), ref _slopes, offset);
        }
    }
}
