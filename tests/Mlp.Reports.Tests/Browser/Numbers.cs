namespace Mlp.Reports.Tests.Browser;

/// <summary>The same random numbers in every run: a linear congruential generator.</summary>
internal sealed class Numbers(uint seed)
{
    private uint _state = seed;

    /// <summary>Uniform on [0, 1).</summary>
    public double Next() => ((_state = 1664525 * _state + 1013904223) >> 8) / (double)(1 << 24);

    /// <summary>Nearly normal: the sum of twelve.</summary>
    public double Normal() => Enumerable.Range(0, 12).Sum(_ => Next()) - 6;
}
