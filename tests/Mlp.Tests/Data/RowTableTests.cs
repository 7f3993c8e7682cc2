using Mlp.Data;

namespace Mlp.Tests.Data;

public class RowTableTests
{
    [Fact]
    public void Read_GathersRowsInTheGivenOrder()
    {
        var rows = new RowTable<float>(new RowBlocks<float>([1, 2, 3, 4, 5, 6], 2), new([10, 20, 30], 1), new([7, 8, 9], 1));
        Assert.Equal((3, 2, 1), (rows.RowCount, rows.InputCount, rows.TargetCount));
        Assert.Equal([5, 6, 1, 2, 30, 10, 9, 7], Read(rows, 2, 0));
        Assert.Equal([3, 4, 20, 1], Read(new RowTable<float>(new RowBlocks<float>([1, 2, 3, 4, 5, 6], 2), new([10, 20, 30], 1)), 1));
    }

    [Fact]
    public void Selection_ReadsTheRowsItStandsFor()
    {
        // More at once than are translated at once.
        float[] features = [.. Enumerable.Range(0, 1000)];
        var all = new RowTable<float>(new RowBlocks<float>(features, 2), new([.. features.Take(500)], 1));
        int[] selected = [.. Enumerable.Range(0, 300).Select(index => 499 - index)];
        var rows = new SelectedRows<float>(all, selected);
        Assert.Equal((300, 2, 1), (rows.RowCount, rows.InputCount, rows.TargetCount));
        int[] batch = [.. Enumerable.Range(0, 290)];
        Assert.Equal(Read(all, [.. batch.Select(index => selected[index])]), Read(rows, batch));
        Assert.StartsWith(
            "Row 500 was selected; the rows are 0 to 499.",
            Assert.Throws<ArgumentException>("rowIndices", () => new SelectedRows<float>(all, [0, 500])).Message);
        Assert.Throws<ArgumentException>("rowIndices", () => new SelectedRows<float>(all, [-1]));
    }

    [Fact]
    public void Classes_AreReadAsVectors()
    {
        var table = new RowTable<float>(new RowBlocks<float>([1, 2, 3], 1), new([2, 0, 1], 1), new([1, 0.5f, 2], 1));
        var rows = new ClassRows<float>(table, classCount: 3);
        Assert.Equal((3, 1, 3), (rows.RowCount, rows.InputCount, rows.TargetCount));
        Assert.Equal([3, 1, 2, 0, 1, 0, 0, 0, 1, 1, 0, 0, 2, 1, 0.5f], Read(rows, 2, 0, 1));
    }

    [Theory]
    [InlineData(3, "3")]
    [InlineData(-1, "-1")]
    [InlineData(float.NaN, "NaN")]
    public void WrongClasses_AreNamed(float target, string found)
    {
        var rows = new ClassRows<float>(new RowTable<float>(new RowBlocks<float>([1, 2], 1), new([0, target], 1)), classCount: 3);
        Assert.Equal(
            $"The class of row 1 is {found}; it must be 0 to 2.", Assert.Throws<InvalidOperationException>(() => Read(rows, 0, 1)).Message);
    }

    [Fact]
    public void WrongShapes_AreNamed()
    {
        RowBlocks<float> features = new([1, 2], 1), three = new([1, 2, 3], 1);
        Assert.StartsWith(
            "There are targets of 3 rows for 2 rows of features.",
            Assert.Throws<ArgumentException>("targets", () => new RowTable<float>(features, three)).Message);
        Assert.StartsWith(
            "There are 3 x 1 example weights for 2 rows",
            Assert.Throws<ArgumentException>("exampleWeights", () => new RowTable<float>(features, features, three)).Message);
        Assert.StartsWith(
            "There are 2 x 2 example weights for 2 rows",
            Assert.Throws<ArgumentException>(
                "exampleWeights", () => new RowTable<float>(features, features, new([1, 2, 3, 4], 2))).Message);
        var twoTargets = new RowTable<float>(new RowBlocks<float>([1], 1), new([1, 2], 2));
        Assert.StartsWith("The rows have 2 targets; a class is one.", Assert.Throws<ArgumentException>(
            "rows", () => new ClassRows<float>(twoTargets, 2)).Message);
    }

    private static float[] Read(IRowSource<float> rows, params int[] indices)
    {
        var inputs = new float[indices.Length * rows.InputCount];
        var targets = new float[indices.Length * rows.TargetCount];
        var weights = new float[indices.Length];
        rows.Read(indices, inputs, targets, weights);
        return [.. inputs, .. targets, .. weights];
    }
}
