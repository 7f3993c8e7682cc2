using Mlp.MLNet.Replay;

namespace Mlp.MLNet.Tests.Replay;

public class StabilityIndexTests
{
    [Fact]
    public void Index_IsThatOfTheFormula()
    {
        // Two values, 100 rows each: 0.5 and 0.5 before, 0.25 and 0.75 now, each bin with half a row more; the third bin is that of unknown
        // values, the fourth that of rare ones, and both are empty.
        var old = new ColumnHistogram(null, [0, 50, 50], 0);
        var now = new ColumnHistogram(null, [0, 25, 75], 0);
        double p1 = 50.5 / 101, q1 = 25.5 / 101, q2 = 75.5 / 101;
        double expected = (q1 - p1) * Math.Log(q1 / p1) + (q2 - p1) * Math.Log(q2 / p1);
        ColumnDrift drift = StabilityIndex.Compare("Colour", old, now);
        Assert.Equal(expected, drift.Index, precision: 12);
        Assert.Equal(0.2687, drift.Index, precision: 4);
        Assert.Equal(DriftLevel.Large, drift.Level);
        // 99 % of χ² with one degree of freedom are below 6.635, which the approximation misses by 1 %.
        Assert.InRange(drift.Noise, 6.5 * 0.02, 6.7 * 0.02);
    }

    [Fact]
    public void SmallDifferences_OfFewRows_AreNoise()
    {
        var bins = ColumnHistogram.ForNumber(Enumerable.Range(0, 1000).Select(value => (float)value));
        ColumnHistogram old = bins.Count(Enumerable.Range(0, 1000).Select(value => (float)value));
        ColumnDrift few = StabilityIndex.Compare("Age", old, bins.Count([50, 60, 150, 350, 380, 390, 550, 750, 950, 960]));
        Assert.True(few.Index > 0.25 && few.Level == DriftLevel.None, $"{few}");
        ColumnDrift same = StabilityIndex.Compare("Age", old, bins.Count(Enumerable.Range(0, 500).Select(value => 2f * value)));
        Assert.InRange(same.Index, 0, 0.001);
        ColumnDrift shifted = StabilityIndex.Compare("Age", old, bins.Count(Enumerable.Range(0, 500).Select(value => 300f + value)));
        Assert.Equal(DriftLevel.Large, shifted.Level);
    }

    [Fact]
    public void MissingNumbers_AndUnknownValues_AreBins()
    {
        var bins = ColumnHistogram.ForNumber([1, 2, 3]);
        ColumnDrift missing = StabilityIndex.Compare(
            "Age", bins.Count([.. Enumerable.Repeat(2f, 1000)]),
            bins.Count([.. Enumerable.Repeat(2f, 500), .. Enumerable.Repeat(float.NaN, 500)]));
        Assert.Equal((0, 0.5, DriftLevel.Large), (missing.UnknownBefore, missing.UnknownNow, missing.Level));
        ColumnDrift further = StabilityIndex.Compare(
            "Shop", new ColumnHistogram(null, [0, 100, 100], 0), new ColumnHistogram(null, [0, 50, 50, 50], 0));
        Assert.Equal(DriftLevel.Large, further.Level);
        Assert.Equal(1 / 3.0, further.UnknownNow, precision: 12);
    }

    [Fact]
    public void BinsOfANumber_AreItsDeciles_AsFarAsTheyDiffer()
    {
        Assert.Equal(
            [10, 20, 30, 40, 50, 60, 70, 80, 90],
            ColumnHistogram.ForNumber(Enumerable.Range(0, 100).Select(value => (float)value)).Edges!);
        var flag = ColumnHistogram.ForNumber([0, 0, 0, 1, 1]).Count([0, 1, 1, 2, -1]);
        Assert.Equal([0f, 1f], flag.Edges!);
        Assert.Equal([1L, 1, 3], flag.Counts);
        Assert.Empty(ColumnHistogram.ForNumber([float.NaN]).Edges!);
        var empty = ColumnHistogram.ForNumber([]);
        Assert.Equal(0, StabilityIndex.Compare("x", empty.Count([1]), empty.Count([2])).Index);
    }
}
