using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The generator behind every seed in ML.NET: three Tausworthe steps and a linear congruential one, combined by xor.</summary>
/// <remarks>
/// L. Howes and D. Thomas, "Efficient Random Number Generation and Application Using CUDA", GPU Gems 3 (2007), chapter 37.
/// A seed is spread over the state with the block function of MurmurHash3 x86 32 (Austin Appleby).
/// </remarks>
internal sealed class TauswortheHybrid : Random
{
    private uint _z1;
    private uint _z2;
    private uint _z3;
    private uint _z4;

    public TauswortheHybrid(uint seed)
    {
        _z1 = seed;
        _z2 = MurmurRound(_z1, _z1);
        _z3 = MurmurRound(_z2, _z1);
        _z4 = MurmurRound(_z3, _z1);
    }

    /// <summary>A generator whose seed is drawn from another.</summary>
    public TauswortheHybrid(Random source)
    {
        _z1 = DrawTauswortheSeed(source);
        _z2 = DrawTauswortheSeed(source);
        _z3 = DrawTauswortheSeed(source);
        _z4 = Draw32Bits(source);
    }

    /// <summary>In [0, 1), of 23 random bits so that rounding cannot make it 1.</summary>
    public override float NextSingle() => (NextUInt32() >> 9) * (1f / (1 << 23));

    public override double NextDouble() => NextUInt32() * (1.0 / (1L << 32));

    public override int Next()
    {
        uint bits = NextUInt32();

        // Adding the top bit to itself clears it.
        return (int)(bits + (bits & 0x80000000));
    }

    public override int Next(int maxValue)
    {
        Contracts.CheckParam(maxValue >= 0, nameof(maxValue), "maxValue must be non-negative");
        return (int)(((ulong)NextUInt32() * (ulong)maxValue) >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        Contracts.CheckParam(minValue <= maxValue, nameof(minValue), "minValue must be less than or equal to maxValue.");
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    public override void NextBytes(byte[] buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
            buffer[i] = (byte)Next();
    }

    protected override double Sample() => NextDouble();

    private static uint Draw32Bits(Random source) => ((uint)source.Next(0x10000) << 16) | (uint)source.Next(0x10000);

    /// <summary>The Tausworthe steps degenerate on small states.</summary>
    private static uint DrawTauswortheSeed(Random source)
    {
        uint bits;
        do
            bits = Draw32Bits(source);
        while (bits < 128);
        return bits;
    }

    private static uint MurmurRound(uint hash, uint block)
        => (BitOperations.RotateLeft(hash ^ (BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593), 13) * 5) + 0xE6546B64;

    private static uint TauswortheStep(uint z, int s1, int s2, int s3, uint mask) => ((z & mask) << s3) ^ (((z << s1) ^ z) >> s2);

    private uint NextUInt32()
    {
        _z1 = TauswortheStep(_z1, 13, 19, 12, ~1u);
        _z2 = TauswortheStep(_z2, 2, 25, 4, ~7u);
        _z3 = TauswortheStep(_z3, 3, 11, 17, ~15u);
        _z4 = (_z4 * 1664525) + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }
}
