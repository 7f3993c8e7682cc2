namespace Mlp.Tests.Data;

public class RowBlocksTests
{
    // Rows of 100,000 values: 32 of them fill a block.
    [Theory]
    [InlineData(3, null, 200, 1)]
    [InlineData(3, 200L, 200, 1)]
    [InlineData(3, 100L, 200, 1)]
    [InlineData(3, 1000L, 200, 1)]
    [InlineData(100_000, null, 70, 3)]
    [InlineData(100_000, 70L, 70, 3)]
    [InlineData(100_000, 10L, 70, 3)]
    [InlineData(100_000, 50_000L, 70, 3)]
    public void Rows_StayWhereTheyWereWritten(int rowLength, long? expectedRowCount, int rowCount, int blockCount)
    {
        var rows = new RowBlocks<float>(rowLength, expectedRowCount);
        for (int row = 0; row < rowCount; row++)
        {
            Span<float> values = rows.Add();
            Assert.Equal(rowLength, values.Length);
            values.Fill(row);
        }
        Assert.Equal((rowCount, rowLength), (rows.RowCount, rows.RowLength));
        for (int row = 0; row < rowCount; row++)
            Assert.False(rows[row].ContainsAnyExcept(row));
        int start = 0;
        foreach (Memory<float> block in rows.Blocks)
        {
            for (int value = 0; value < block.Length; value += rowLength)
                Assert.Equal(start++, block.Span[value]);
        }
        Assert.Equal(rowCount, start);
        Assert.Equal(blockCount, rows.Blocks.Count());
    }

    [Fact]
    public void RemoveLast_MakesRoomForAnother()
    {
        var rows = new RowBlocks<double>(2);
        rows.Add().Fill(1);
        rows.Add().Fill(2);
        rows.RemoveLast();
        Assert.Equal(1, rows.RowCount);
        rows.Add().Fill(3);
        Assert.Equal([1, 1, 3, 3], rows.Blocks.Single().ToArray());
        rows.RemoveLast();
        rows.RemoveLast();
        Assert.Empty(rows.Blocks);
    }

    [Fact]
    public void ValuesThatAreThere_AreNotCopied()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var rows = new RowBlocks<float>(values, rowLength: 2);
        rows[1][0] = 7;
        Assert.Equal(7, values[2]);
        Assert.Equal(3, rows.RowCount);
        Assert.Equal(values, rows.Blocks.Single().ToArray());
    }

    [Fact]
    public void WrongNumbers_AreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("rowLength", () => new RowBlocks<float>(0));
        Assert.StartsWith(
            "There are 5 values, which rows of 2 do not fill.",
            Assert.Throws<ArgumentException>("values", () => new RowBlocks<float>(new float[5], 2)).Message);
        var rows = new RowBlocks<float>(2);
        rows.Add();
        Assert.Throws<ArgumentOutOfRangeException>("row", () => rows[1][0]);
        Assert.Throws<ArgumentOutOfRangeException>("row", () => rows[-1][0]);
    }
}
