namespace Mlp.Reports.Tests.Content;

public class ReportRowsTests
{
    [Fact]
    public void AllRows_AreKept_WhereTheyFit()
    {
        var rows = ReportRows.Of(new RowBlocks<float>([1, 2, 3, 4], 2), new RowBlocks<float>([5, 6], 1));
        Assert.Equal((2, 2L, 0L), (rows.RowCount, rows.TotalRowCount, rows.SkippedRowCount));
        Assert.Equal([3.0, 4.0], rows.Features[1].ToArray());
        Assert.Equal([6.0], rows.Targets[1].ToArray());
        Assert.False(rows.IsSample);
    }

    [Fact]
    public void MoreRows_AreSampled_EachWithTheSameChance()
    {
        // 100 of 1,000 rows, 300 times: each tenth of the rows should have a tenth of the places, 3,000; the deviation is some 50.
        var places = new int[10];
        for (int seed = 0; seed < 300; seed++)
        {
            var rows = new ReportRows(1, 1, maxRowCount: 100, seed);
            for (int row = 0; row < 1000; row++)
                rows.Add<double>([row], [row]);
            Assert.Equal((100, 1000L), (rows.RowCount, rows.TotalRowCount));
            Assert.True(rows.IsSample);
            for (int row = 0; row < 100; row++)
            {
                places[(int)rows.Features[row][0] / 100]++;
                Assert.Equal(rows.Features[row][0], rows.Targets[row][0]);
            }
        }
        Assert.All(places, count => Assert.InRange(count, 2800, 3200));
    }

    [Fact]
    public void IncompleteRows_AreCountedAndLeftOut()
    {
        var rows = new ReportRows(2, 1);
        rows.Add<float>([1, float.NaN], [1]);
        rows.Add<float>([1, 2], [float.PositiveInfinity]);
        rows.Add<float>([1, 2], [3]);
        Assert.Equal((1, 3L, 2L), (rows.RowCount, rows.TotalRowCount, rows.SkippedRowCount));
        Assert.False(rows.IsSample);
    }

    [Fact]
    public void MissingFeatures_AreKept_WhereTheyMayBe()
    {
        var rows = new ReportRows(2, 1) { KeepsMissing = true };
        rows.Add<float>([float.NaN, float.NaN], [1]);
        rows.Add<float>([float.NaN, float.NegativeInfinity], [1]);
        rows.Add<float>([1, 2], [float.NaN]);
        Assert.Equal((1, 3L, 2L), (rows.RowCount, rows.TotalRowCount, rows.SkippedRowCount));
    }

    [Fact]
    public void WrongLengths_AreNamed()
    {
        var rows = new ReportRows(2, 1);
        Assert.Contains(
            "features holds 1 values; the rows have 2", Assert.Throws<ArgumentException>(() => rows.Add<float>([1], [1])).Message);
        Assert.Contains(
            "targets holds 2 values; the rows have 1", Assert.Throws<ArgumentException>(() => rows.Add<float>([1, 2], [1, 2])).Message);
        Assert.Contains("targets of 1 rows for 2 rows", Assert.Throws<ArgumentException>(
            () => ReportRows.Of(new RowBlocks<float>([1, 2], 1), new RowBlocks<float>([1], 1))).Message);
    }
}
