namespace Mlp.Tests.Data;

public class ClassWeightsTests
{
    // 6 rows in 3 classes of 3, 2 and 1 rows: 6 / (3 · 3), 6 / (3 · 2), 6 / (3 · 1), as scikit-learn's compute_class_weight("balanced").
    [Fact]
    public void Balanced_MatchesAnExampleByHand() =>
        Assert.Equal([6 / 9.0, 1, 2], ClassWeights.Balanced.For<float>([0, 1, 0, 2, 1, 0], 3, default));

    [Fact]
    public void Balanced_WithExampleWeights_MakesTheWeightOfAllClassesEqual()
    {
        int[] classes = [0, 1, 1, 0];
        float[] weights = [1, 2, 3, 4];
        double[] found = ClassWeights.Balanced.For<float>(classes, 2, weights);
        Assert.Equal([10 / (2 * 5.0), 10 / (2 * 5.0)], found);
        float[] rows = ClassWeights.Apply<float>([0.5, 2], classes, weights);
        Assert.Equal([0.5f, 4, 6, 2], rows);
    }

    [Fact]
    public void Balanced_ClassWithoutRows_GetsNoWeight_AndDoesNotCount() =>
        Assert.Equal([0.75, 0, 1.5], ClassWeights.Balanced.For<double>([0, 0, 2], 3, default));

    [Fact]
    public void Given_AreTakenAsTheyAre()
    {
        Assert.Equal([1, 0.5], ClassWeights.Of(1, 0.5).For<float>([0, 0], 2, default));
        Assert.Equal([1f, 1f, 0.5f], ClassWeights.Apply<float>([1, 0.5], [0, 0, 1], default));
    }

    [Fact]
    public void WrongWeights_AreNamed()
    {
        Assert.StartsWith(
            "There are 2 class weights for 3 classes. Give one per class, in the order of the classes.",
            Assert.Throws<ArgumentException>(() => ClassWeights.Of(1, 2).For<float>([0], 3, default)).Message);
        Assert.StartsWith("weights[1] is -1; it must be at least 0 and finite.",
            Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Of(1, -1)).Message);
        Assert.StartsWith("weights[0] is NaN;", Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Of(double.NaN)).Message);
        Assert.StartsWith("There is no class weight above 0;", Assert.Throws<ArgumentException>(() => ClassWeights.Of(0, 0)).Message);
    }

    [Fact]
    public void Apply_AProductTooLargeForThePrecision_IsRefused()
    {
        Assert.Equal(
            "The weight of row 1 is 1E+38 for class 1 times 1048576, which Single cannot hold. Give smaller class weights.",
            Assert.Throws<ArgumentException>(() => ClassWeights.Apply<float>([1, 1e38], [0, 1], [1, 1 << 20])).Message);
        Assert.Equal([1, 1e40], ClassWeights.Apply<double>([1, 1e20], [0, 1], [1, 1e20]));
    }

    [Fact]
    public void Equality_IsThatOfTheWeights()
    {
        Assert.Equal(ClassWeights.Of(1, 2), ClassWeights.Of(1, 2));
        Assert.Equal(ClassWeights.Of(1, 2).GetHashCode(), ClassWeights.Of(1, 2).GetHashCode());
        Assert.NotEqual(ClassWeights.Of(1, 2), ClassWeights.Of(1, 3));
        Assert.NotEqual(ClassWeights.Of(1, 2), ClassWeights.Balanced);
        Assert.Equal("Balanced", ClassWeights.Balanced.ToString());
        Assert.Equal("1, 2", ClassWeights.Of(1, 2).ToString());
    }
}
