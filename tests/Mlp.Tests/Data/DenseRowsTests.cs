namespace Mlp.Tests.Data;

public class DenseRowsTests
{
    [Fact]
    public void Read_GathersRowsInTheGivenOrder()
    {
        var rows = new DenseRows<float>(
            new float[] { 1, 2, 3, 4, 5, 6 }, new float[] { 10, 20, 30 }, inputCount: 2, exampleWeights: new float[] { 7, 8, 9 });
        float[] inputs = new float[4], targets = new float[2], exampleWeights = new float[2];
        rows.Read([2, 0], inputs, targets, exampleWeights);
        Assert.Equal([5, 6, 1, 2], inputs);
        Assert.Equal([30, 10], targets);
        Assert.Equal([9, 7], exampleWeights);
        Assert.Equal((3, 2, 1), (rows.RowCount, rows.InputCount, rows.TargetCount));
    }

    [Fact]
    public void Read_WithoutWeights_GivesOne()
    {
        var exampleWeights = new double[1];
        var rows = new DenseRows<double>(new double[] { 1 }, new double[] { 2 }, inputCount: 1);
        rows.Read([0], new double[1], new double[1], exampleWeights);
        Assert.Equal([1], exampleWeights);
    }

    [Fact]
    public void Constructor_LengthsThatDoNotFit_AreNamed()
    {
        Assert.StartsWith(
            "features holds 5 values, which rows of 2 inputs do not fill.",
            Assert.Throws<ArgumentException>("features", () => new DenseRows<float>(new float[5], new float[2], inputCount: 2)).Message);
        Assert.StartsWith(
            "targets holds 2 values; 3 rows with 2 targets need 6.",
            Assert.Throws<ArgumentException>(
                "targets", () => new DenseRows<float>(new float[6], new float[2], inputCount: 2, targetCount: 2)).Message);
        Assert.StartsWith(
            "There are 2 example weights for 3 rows.",
            Assert.Throws<ArgumentException>(
                "exampleWeights",
                () => new DenseRows<float>(new float[3], new float[3], inputCount: 1, exampleWeights: new float[2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>("inputCount", () => new DenseRows<float>(new float[3], new float[3], inputCount: 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            "targetCount", () => new DenseRows<float>(new float[3], new float[3], inputCount: 1, targetCount: 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Constructor_ImpossibleWeight_NamesItsRow(float exampleWeight) => Assert.StartsWith(
        $"The example weight of row 1 is {exampleWeight}; it must be finite and at least 0.",
        Assert.Throws<ArgumentException>(
            "exampleWeights",
            () => new DenseRows<float>(new float[2], new float[2], inputCount: 1, exampleWeights: new[] { 1, exampleWeight })).Message);
}
