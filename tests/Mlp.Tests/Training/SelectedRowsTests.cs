namespace Mlp.Tests;

public class SelectedRowsTests
{
    [Fact]
    public void Read_GivesTheSourcesRows_InTheOrderOfTheSelection()
    {
        var source = new DenseRows<float>(new float[] { 0, 1, 10, 11, 20, 21, 30, 31 }, new float[] { 5, 6, 7, 8 }, inputs: 2, exampleWeights: new float[] { 1, 2, 3, 4 });
        var selected = new SelectedRows<float>(source, [3, 1]);
        Assert.Equal((2, 2, 1), (selected.RowCount, selected.InputCount, selected.TargetCount));
        float[] inputs = new float[6], targets = new float[3], weights = new float[3];
        selected.Read([1, 0, 1], inputs, targets, weights);
        Assert.Equal([10, 11, 30, 31, 10, 11], inputs);
        Assert.Equal([6, 8, 6], targets);
        Assert.Equal([2, 4, 2], weights);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void ARowThatIsNotThere_IsNamed(int row)
    {
        var source = new DenseRows<float>(new float[2], new float[2], inputs: 1);
        Assert.StartsWith(
            $"Row {row} is selected; the source has rows 0 to 1.",
            Assert.Throws<ArgumentOutOfRangeException>("rowIndices", () => new SelectedRows<float>(source, [row])).Message);
    }
}
