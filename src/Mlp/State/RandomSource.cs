using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlp.State;

/// <summary>xoshiro256** 1.0, seeded through SplitMix64: the same numbers for a seed on every platform and in every version.</summary>
/// <remarks>Source: Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators"; Steele, Lea and Flood 2014.</remarks>
internal sealed class RandomSource : ICheckpointed
{
    private ulong _s0, _s1, _s2, _s3;

    public RandomSource(int seed) => Seed((uint)seed);

    /// <summary>Begins anew with numbers that depend on these four alone.</summary>
    public void Restart(int seed, long step, int part, int layer)
    {
        ulong state = (uint)seed;
        state = SplitMix64(ref state) ^ (ulong)step;
        state = SplitMix64(ref state) ^ (uint)part;
        state = SplitMix64(ref state) ^ (uint)layer;
        Seed(SplitMix64(ref state));
    }

    public ulong NextUInt64()
    {
        ulong number = 0;
        Fill(new Span<ulong>(ref number));
        return number;
    }

    /// <summary>What as many calls of <see cref="NextUInt64"/> would give.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<ulong> numbers)
    {
        // In registers, not in fields, from number to number.
        (ulong s0, ulong s1, ulong s2, ulong s3) = (_s0, _s1, _s2, _s3);
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = BitOperations.RotateLeft(s1 * 5, 7) * 9;
            ulong shifted = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = BitOperations.RotateLeft(s3, 45);
        }
        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>Uniform on [0, 1), in steps of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on 0, …, bound − 1, without bias (Lemire 2019).</summary>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        while (true)
        {
            ulong high = Math.BigMul(NextUInt64(), (ulong)bound, out ulong low);
            // The threshold is below the bound: its division is hardly ever needed.
            if (low >= (ulong)bound || low >= (0UL - (ulong)bound) % (ulong)bound)
                return (int)high;
        }
    }

    /// <summary>Standard normal (Box and Muller 1958; the second number of the pair is not kept).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts the elements into a random order, each order with the same probability (Fisher–Yates).</summary>
    public void Shuffle(Span<int> values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    public void Exchange(StateExchange state)
    {
        Span<ulong> words = [_s0, _s1, _s2, _s3];
        state.Exchange("random numbers", words);
        // From all zeros no other number ever follows.
        state.Check(words.ContainsAnyExcept(0UL), "random numbers without a state");
        (_s0, _s1, _s2, _s3) = (words[0], words[1], words[2], words[3]);
    }

    private void Seed(ulong state)
    {
        _s0 = SplitMix64(ref state);
        _s1 = SplitMix64(ref state);
        _s2 = SplitMix64(ref state);
        _s3 = SplitMix64(ref state);
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
