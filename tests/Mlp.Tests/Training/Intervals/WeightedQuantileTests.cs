using Mlp.Training.Intervals;

namespace Mlp.Tests;

public class WeightedQuantileTests
{
    // Of 9 rows and a new one, the new one is as likely in each of ten places: 0.9 of them are at or below the largest.
    [Theory]
    [InlineData(0.9, 9)]
    [InlineData(0.5, 5)]
    [InlineData(0.1, 1)]
    [InlineData(0.91, double.PositiveInfinity)]
    public void Conformal_CountsTheNewRow(double level, double expected)
    {
        double[] values = [3, 1, 2, 9, 8, 7, 6, 5, 4], weights = [.. Enumerable.Repeat(0.25, 9)];
        Assert.Equal(expected, WeightedQuantile.Conformal(values, weights, level));
    }

    [Fact]
    public void Conformal_CountsARowOfWeightTwo_AsTwo()
    {
        double[] twice = [1, 2, 2, 3, 4], ones = [1, 1, 1, 1, 1], once = [1, 2, 3, 4], weights = [1, 2, 1, 1];
        Assert.Equal(2, WeightedQuantile.Conformal(twice, ones, 0.45));
        Assert.Equal(2, WeightedQuantile.Conformal(once, weights, 0.45));
        Assert.Equal(double.PositiveInfinity, WeightedQuantile.Conformal([], [], 0.5));
    }

    [Theory]
    [InlineData(0.9, 19)]
    [InlineData(0.99, 199)]
    [InlineData(0.5, 3)]
    public void LeastRowCount_IsTheFirstWithBounds(double level, int expected)
    {
        Assert.Equal(expected, WeightedQuantile.LeastRowCount(level));
        Assert.True(double.IsFinite(Of(expected)));
        Assert.True(double.IsInfinity(Of(expected - 1)));

        double Of(int count) => WeightedQuantile.Conformal(
            [.. Enumerable.Range(0, count).Select(value => (double)value)], [.. Enumerable.Repeat(1.0, count)], (1 + level) / 2);
    }
}
