using System.Numerics;
using Mlp.State;

namespace Mlp.Tests.State;

public class RandomSourceTests
{
    [Fact]
    public void Reference_HasThePublishedValues()
    {
        // SplitMix64 from the state 1234567 (Vigna's splitmix64.c; the values stand at rosettacode.org under its name).
        ulong state = 1234567;
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => SplitMix64(ref state)));

        // xoshiro256** from the state 1, 2, 3, 4 (Vigna's xoshiro256starstar.c; the test vector of the Rust crate rand_xoshiro).
        ulong[] words = [1, 2, 3, 4];
        Assert.Equal(
            [
                11520UL, 0UL, 1509978240UL, 1215971899390074240UL, 1216172134540287360UL, 607988272756665600UL, 16172922978634559625UL,
                8476171486693032832UL, 10595114339597558777UL, 2904607092377533576UL,
            ],
            Enumerable.Range(0, 10).Select(_ => Xoshiro256StarStar(words)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(1234567)]
    [InlineData(int.MinValue)]
    public void NextUInt64_IsXoshiroSeededBySplitMix(int seed)
    {
        ulong state = unchecked((uint)seed);
        ulong[] words = [SplitMix64(ref state), SplitMix64(ref state), SplitMix64(ref state), SplitMix64(ref state)];
        var random = new RandomSource(seed);
        for (int draw = 0; draw < 1000; draw++)
            Assert.Equal(Xoshiro256StarStar(words), random.NextUInt64());
    }

    [Fact]
    public void NextDouble_LiesInTheUnitInterval_WithItsMoments()
    {
        var random = new RandomSource(1);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.All(values, value => Assert.InRange(value, 0, Math.BitDecrement(1.0)));
        // Standard errors: 0.289 / √100 000 = 0.0009 of the mean, 0.0745 / √100 000 = 0.00024 of the variance. Allowed are four.
        Assert.Equal(0.5, values.Average(), 0.0037);
        Assert.Equal(1.0 / 12, values.Average(value => (value - 0.5) * (value - 0.5)), 0.00095);
    }

    [Fact]
    public void NextNormal_HasItsMoments()
    {
        var random = new RandomSource(2);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal())];
        // Standard errors of the first four moments: √(1, 2, 15, 96) / √100 000. Allowed are four.
        Assert.Equal(0, values.Average(), 0.0127);
        Assert.Equal(1, values.Average(value => value * value), 0.018);
        Assert.Equal(0, values.Average(value => value * value * value), 0.049);
        Assert.Equal(3, values.Average(value => value * value * value * value), 0.124);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void NextInt32_StaysBelowTheBound_AndReachesBothEnds(int bound)
    {
        var random = new RandomSource(3);
        int[] values = [.. Enumerable.Range(0, 1000).Select(_ => random.NextInt32(bound))];
        Assert.All(values, value => Assert.InRange(value, 0, bound - 1));
        Assert.True(values.Min() <= bound / 100 && values.Max() >= bound - 1 - bound / 100);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void NextInt32_BoundBelowOne_IsRefused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>("bound", () => new RandomSource(0).NextInt32(bound));

    [Fact]
    public void Shuffle_GivesEveryOrderTheSameProbability()
    {
        // 4 elements have 24 orders; χ² with 23 degrees of freedom stays below 49.7 in 999 of 1000 cases.
        const int DrawCount = 24_000;
        var random = new RandomSource(4);
        var counts = new Dictionary<string, int>();
        for (int draw = 0; draw < DrawCount; draw++)
        {
            int[] values = [0, 1, 2, 3];
            random.Shuffle(values);
            string order = string.Join(' ', values);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        double expected = DrawCount / 24.0;
        Assert.InRange(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), 0, 49.7);
    }

    [Fact]
    public void Shuffle_KeepsEveryElement_AndBearsEmptySpans()
    {
        int[] values = [.. Enumerable.Range(0, 1000)];
        new RandomSource(5).Shuffle(values);
        Assert.NotEqual(Enumerable.Range(0, 1000), values);
        Assert.Equal(Enumerable.Range(0, 1000), values.Order());
        new RandomSource(5).Shuffle([]);
    }

    private static ulong SplitMix64(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong Xoshiro256StarStar(ulong[] s)
    {
        ulong result = BitOperations.RotateLeft(s[1] * 5, 7) * 9, t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = BitOperations.RotateLeft(s[3], 45);
        return result;
    }
}
