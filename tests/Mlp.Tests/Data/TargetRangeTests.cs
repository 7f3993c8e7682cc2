namespace Mlp.Tests.Data;

public class TargetRangeTests
{
    [Fact]
    public void Of_FindsTheBoundsOfEachTarget()
    {
        var range = TargetRange<float>.Of(new RowBlocks<float>([3, -1, 1, 5, 2, 0], rowLength: 2));
        Assert.Equal([1, -1], range.Minima.ToArray());
        Assert.Equal([3, 5], range.Maxima.ToArray());
        float[] values = [0, 9, 2, float.NaN, 7, -3];
        range.Apply(values);
        Assert.Equal([1, 5, 2, float.NaN, 3, -1], values);
    }

    [Fact]
    public void Of_LeavesOutRowsOfWeightZero()
    {
        var range = TargetRange<float>.Of(
            new RowBlocks<float>([float.NaN, 3, 1e6f, 1], rowLength: 1), new RowBlocks<float>([0, 2, 0, 0.5f], rowLength: 1));
        Assert.Equal((1, 3), (range.Minima[0], range.Maxima[0]));
    }

    [Fact]
    public void Constructor_ChecksItsBounds()
    {
        Assert.StartsWith(
            "There are 1 minima and 2 maxima;",
            Assert.Throws<ArgumentException>("maxima", () => new TargetRange<float>([1], [1, 2])).Message);
        Assert.StartsWith(
            "Target 0 ranges from 2 to 1;", Assert.Throws<ArgumentException>("minima", () => new TargetRange<float>([2], [1])).Message);
        Assert.Throws<ArgumentException>("minima", () => new TargetRange<float>([float.NaN], [1]));
    }
}
