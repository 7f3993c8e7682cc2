using Mlp.Data;

namespace Mlp.Tests.Data;

/// <summary>Which numbers get bins, and where these begin.</summary>
public sealed class NumberBinsTests
{
    private const int MaxBinCount = 5;

    [Fact]
    public void AColumnOfOneValueAndManyOthers_GetsBinsOfEqualShares()
    {
        // 60 zeros, 40 ones, 40 twos, …: neighbours together until they have a fourth of the others, here 30 rows.
        float[] others = [.. Enumerable.Range(1, 40).SelectMany(value => Enumerable.Repeat((float)value, 3))];
        BinnedNumber bins = Assert.Single(Find([.. Enumerable.Repeat(0f, 130), .. others]));
        Assert.Equal(0, bins.Number);
        Assert.Equal([1, 11, 21, 31], bins.Edges);
        Assert.Equal([1, 1, 2, 2, 3, 5, 5, 0], new[] { -9, 0.5, 1, 10.9, 11, 31, 1e30, double.NaN }.Select(bins.ValueOf));
    }

    [Fact]
    public void TheCommonValue_HasItsBin_AmongOthersOnBothSides()
    {
        float[] below = [.. Enumerable.Repeat(-7f, 30), .. Enumerable.Repeat(-5f, 30)], above = [.. Enumerable.Repeat(2f, 45)];
        BinnedNumber bins = Assert.Single(Find([.. above, .. Enumerable.Repeat(1f, 200), .. below]));
        Assert.Equal([-5, 1, 2], bins.Edges);
        Assert.Equal([1, 2, 2, 3, 4], new[] { -7, -5, 0.9, 1, 2 }.Select(bins.ValueOf));
    }

    [Theory]
    [InlineData(100, 100, 0, "half of the rows are not most of them")]
    [InlineData(130, 0, 0, "a constant")]
    [InlineData(130, 60, 0, "a flag")]
    [InlineData(130, 10, 9, "others too few to be more than one bin")]
    public void OtherColumns_GetNone(int zeros, int ones, int twos, string because)
    {
        float[] values = [.. Enumerable.Repeat(0f, zeros), .. Enumerable.Repeat(1f, ones), .. Enumerable.Repeat(2f, twos)];
        Assert.True(Find(values).Length == 0, because);
    }

    [Fact]
    public void MissingValues_AreLeftOut()
    {
        float[] values = [.. Enumerable.Repeat(0f, 50), .. Enumerable.Repeat(1f, 20), .. Enumerable.Repeat(2f, 20)];
        BinnedNumber bins = Assert.Single(Find([.. values, .. Enumerable.Repeat(float.NaN, 500)]));
        Assert.Equal([1, 2], bins.Edges);
    }

    [Fact]
    public void ARowOfWeightTwo_IsTheRowTwice_AndOneOfWeightZeroIsNone()
    {
        float[] values = [0, 0, 1, 2, 3, 4];
        float[] repeats = [40, 30, 25, 30, 0, 2];
        float[] repeated = [.. values.SelectMany((value, index) => Enumerable.Repeat(value, (int)repeats[index]))];
        BinnedNumber expected = Assert.Single(Find(repeated));
        BinnedNumber weighted = Assert.Single(
            NumberBins.Find(new RowBlocks<float>(values, 1), MaxBinCount, new RowBlocks<float>(repeats, 1)));
        Assert.Equal(expected.Edges, weighted.Edges);
    }

    [Fact]
    public void WhereManyColumnsAreOfThisKind_NoneGetsBins()
    {
        float[] column = [.. Enumerable.Repeat(0f, 80), .. Enumerable.Repeat(1f, 30), .. Enumerable.Repeat(2f, 30)];
        Assert.Equal(NumberBins.MostColumnCount, Find(column, copies: NumberBins.MostColumnCount).Length);
        Assert.Empty(Find(column, copies: NumberBins.MostColumnCount + 1));
        Assert.Empty(NumberBins.Find(new RowBlocks<float>(column, 1), maxBinCount: 2));
    }

    [Fact]
    public void Edges_AreExactInSinglePrecision_AndNotAboveTheirNumbers()
    {
        double[] values =
            [.. Enumerable.Repeat(0.0, 100), .. Enumerable.Repeat(0.1, 30), .. Enumerable.Repeat(0.3, 30), .. Enumerable.Repeat(0.7, 30)];
        BinnedNumber bins = Assert.Single(NumberBins.Find(new RowBlocks<double>(values, 1), MaxBinCount));
        Assert.All(bins.Edges, edge => Assert.Equal((float)edge, edge));
        Assert.Equal([1, 2, 3, 4], new[] { 0, 0.1, 0.3, 0.7 }.Select(bins.ValueOf));
    }

    private static BinnedNumber[] Find(float[] column, int copies = 1) =>
        NumberBins.Find(new RowBlocks<float>([.. column.SelectMany(value => Enumerable.Repeat(value, copies))], copies), MaxBinCount);
}
