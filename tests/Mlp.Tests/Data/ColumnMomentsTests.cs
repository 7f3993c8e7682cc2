using Mlp.Data;

namespace Mlp.Tests.Data;

public class ColumnMomentsTests
{
    // Columns around every vector width, and rows around a tile's.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(7, 2048)]
    [InlineData(28, 1)]
    [InlineData(28, 63)]
    [InlineData(28, 64)]
    [InlineData(28, 65)]
    [InlineData(28, 1000)]
    [InlineData(300, 50)]
    [InlineData(3000, 20)]
    public void MeansAndDeviations_MatchTwoPassesInDecimal(int columnCount, int rowCount)
    {
        var random = new Random(1);
        // A column is far off, or small, or constant.
        float[] values = [.. Enumerable.Range(0, rowCount * columnCount).Select(index =>
            index % columnCount % 3 == 2 ? 0.1f : (float)((index % columnCount % 3 == 0 ? 1e4 : 0) + random.NextDouble()))];
        (double[] means, double[] deviations) = ColumnStatistics.Compute<float>(values, columnCount);
        for (int column = 0; column < columnCount; column++)
        {
            decimal[] cells = [.. Enumerable.Range(0, rowCount).Select(row => (decimal)(double)values[row * columnCount + column])];
            decimal mean = cells.Sum() / rowCount, variance = cells.Sum(cell => (cell - mean) * (cell - mean)) / rowCount;
            Assert.Equal((double)mean, means[column], 1e-15 * Math.Max(1, Math.Abs((double)mean)) * 4);
            // Of numbers of size 1, whatever they are added to.
            Assert.Equal(Math.Sqrt((double)variance), deviations[column], 1e-13);
            if (column % 3 == 2)
                Assert.Equal((0.1f, 0), (means[column], deviations[column]));
        }
    }

    [Fact]
    public void Blocks_GiveTheBitsOfOneArray()
    {
        var random = new Random(1);
        const int ColumnCount = 5000, RowCount = 900;
        float[] values = [.. Enumerable.Range(0, RowCount * ColumnCount).Select(_ => random.NextSingle())];
        var blocks = new RowBlocks<float>(ColumnCount);
        for (int row = 0; row < RowCount; row++)
            values.AsSpan(row * ColumnCount, ColumnCount).CopyTo(blocks.Add());
        Assert.Equal(2, blocks.Blocks.Count());
        FeatureScaling<float> expected = FeatureScaling<float>.Standardize(values, ColumnCount),
            found = FeatureScaling<float>.Standardize(blocks);
        Assert.Equal(expected.Offsets, found.Offsets);
        Assert.Equal(expected.Factors, found.Factors);
    }

    [Fact]
    public void HugeNumbers_DoNotOverflow()
    {
        double[] values = [.. Enumerable.Range(0, 5000).Select(row => row % 2 == 0 ? 1e153 : -1e153)];
        (double[] means, double[] deviations) = ColumnStatistics.Compute<double>(values, columnCount: 1);
        Assert.Equal(0, means[0], 1e140);
        Assert.Equal(1, deviations[0] / 1e153, 1e-12);
    }

    [Fact]
    public void Scaling_WithoutRows_IsRefused()
    {
        var rows = new RowBlocks<float>(2);
        Assert.Throws<ArgumentOutOfRangeException>("features", () => FeatureScaling<float>.Standardize(rows));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => TargetScaling<float>.Standardize(rows));
        Assert.Throws<ArgumentOutOfRangeException>("features", () => FeatureScaling<float>.Robust(rows));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => TargetRange<float>.Of(rows));
    }
}
