namespace Mlp.MLNet.Tests.Runtime;

/// <summary>A small generator of its own, so that test data do not depend on any library (Knuth's MMIX constants).</summary>
internal sealed class PlainRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>In [0, 1), 24 bits.</summary>
    public float NextSingle() => (Step() >> 8) / (float)(1 << 24);

    public int Next(int limit) => (int)((ulong)Step() * (ulong)limit >> 32);

    private uint Step()
    {
        _state = _state * 6364136223846793005 + 1442695040888963407;
        return (uint)(_state >> 32);
    }
}
