using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class RowComparisonTests
{
    [Fact]
    public void Of_MatchesHandWorkedExample()
    {
        // Differences -1, 0, -1: mean -2/3 of 8/3; variance (1/9 + 4/9 + 1/9) / 2 = 1/3, so that the mean's error is 1/3 of 8/3.
        var losses = RowComparison.Of([1, 2, 3], [2, 2, 4], areSquares: false);

        Assert.Equal(-25, losses.Percent, 10);
        Assert.Equal(12.5, losses.StandardError, 10);
        var squares = RowComparison.Of([1, 2, 3], [2, 2, 4], areSquares: true);
        Assert.Equal(100 * (Math.Sqrt(0.75) - 1), squares.Percent, 10);
        Assert.Equal(6.25, squares.StandardError, 10);
    }

    [Theory]
    [InlineData(-2.1, true, false)]
    [InlineData(-1.9, false, false)]
    [InlineData(0, false, false)]
    [InlineData(2.1, false, true)]
    public void BeyondNoise_IsMoreThanTwoStandardErrors(double percent, bool isBetter, bool isWorse)
    {
        var comparison = new RowComparison(percent, StandardError: 1);

        Assert.Equal((isBetter, isWorse), (comparison.IsBetter, comparison.IsWorse));
    }
}
