using Mlp.TestSupport;

namespace Mlp.Tests;

public class FeatureScalingTests
{
    [Fact]
    public void Standardize_GivesMeanZeroAndDeviationOne()
    {
        // Column 1: 1, 3, 5, 7: mean 4, population variance 5. Column 2: −10, −10, 10, 10: mean 0, deviation 10.
        double[] features = [1, -10, 3, -10, 5, 10, 7, 10];
        var scaling = FeatureScaling<double>.Standardize(features, inputCount: 2);
        Tolerance.AssertClose("offsets", scaling.Offsets, [4, 0], 1e-15);
        Tolerance.AssertClose("factors", scaling.Factors, [1 / Math.Sqrt(5), 0.1], 1e-15);

        scaling.Apply(features);
        Tolerance.AssertClose<double>(
            "scaled", features, [-3 / Math.Sqrt(5), -1, -1 / Math.Sqrt(5), -1, 1 / Math.Sqrt(5), 1, 3 / Math.Sqrt(5), 1], 1e-15);
    }

    [Theory]
    [InlineData(1e8)]
    [InlineData(-1e12)]
    public void Standardize_SurvivesALargeOffset(double offset)
    {
        // A single pass, Σx² − (Σx)² / n, would lose the deviation of 0.5 altogether.
        double[] features = [.. Enumerable.Range(0, 1000).Select(row => offset + row % 2)];
        var scaling = FeatureScaling<double>.Standardize(features, inputCount: 1);
        Assert.Equal(offset + 0.5, scaling.Offsets[0], 1e-15 * Math.Abs(offset) * 4);
        Assert.Equal(2, scaling.Factors[0], 1e-6);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void Standardize_MakesAConstantColumnZero_HoweverManyRows(int rowCount)
    {
        foreach (double value in (double[])[0, 0.1, 1.0 / 3, -7.7, 1e30, 1e-30])
        {
            double[] features = [.. Enumerable.Repeat(value, rowCount)];
            var scaling = FeatureScaling<double>.Standardize(features, inputCount: 1);
            scaling.Apply(features);
            Assert.Equal(0, scaling.Factors[0]);
            Assert.DoesNotContain(features, scaled => scaled != 0);
        }
    }

    [Fact]
    public void Standardize_TakesAColumnOfDenormals_ForConstant()
    {
        // Its factor would overflow.
        var scaling = FeatureScaling<float>.Standardize([0, 0, 1e-44f, 1], inputCount: 2);
        Assert.Equal(0, scaling.Factors[0]);
        Assert.Equal(2, scaling.Factors[1], 1e-6f);
        Assert.Equal(0, FeatureScaling<double>.Standardize([0, 1e-310], inputCount: 1).Factors[0]);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    [InlineData(float.MaxValue)]
    public void Apply_NeverOverflows_ForTheRowsItWasMadeFrom(float size)
    {
        // Mean size / 2, deviation √3/2 · size: the last row lies further from the mean than the largest Single.
        float[] features = [size, size, size, -size];
        FeatureScaling<float>.Standardize(features, inputCount: 1).Apply(features);
        float high = 1 / MathF.Sqrt(3), low = -MathF.Sqrt(3);
        Assert.Equal([high, high, high, low], features, (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
    }

    [Fact]
    public void Apply_LeavesNaN()
    {
        float[] features = [float.NaN, 3];
        new FeatureScaling<float>([1, 1], [2, 2]).Apply(features);
        Assert.Equal([float.NaN, 4], features);
    }

    [Fact]
    public void Standardize_OfOneRow_LeavesEveryFeatureOut() =>
        Assert.Equal([0f, 0f], FeatureScaling<float>.Standardize([3, 4], inputCount: 2).Factors.ToArray());

    [Fact]
    public void Standardize_WithoutARow_OrAFeature_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("features", () => FeatureScaling<float>.Standardize([1], inputCount: 2));
        Assert.Throws<ArgumentOutOfRangeException>("inputCount", () => FeatureScaling<float>.Standardize([1], inputCount: 0));
    }

    [Fact]
    public void Constructor_ChecksItsNumbers()
    {
        Assert.StartsWith(
            "There are 1 offsets and 2 factors; each feature needs one of both.",
            Assert.Throws<ArgumentException>("factors", () => new FeatureScaling<float>([1], [1, 2])).Message);
        Assert.StartsWith(
            "Feature 1 has offset 2 and factor NaN; both must be finite.",
            Assert.Throws<ArgumentException>("offsets", () => new FeatureScaling<float>([1, 2], [1, float.NaN])).Message);
        Assert.Throws<ArgumentException>("offsets", () => new FeatureScaling<float>([float.PositiveInfinity], [1]));
    }

    [Fact]
    public void Constructor_CopiesItsNumbers()
    {
        float[] offsets = [1], factors = [2];
        var scaling = new FeatureScaling<float>(offsets, factors);
        offsets[0] = factors[0] = 9;
        float[] row = [4];
        scaling.Apply(row);
        Assert.Equal(6, row[0]);
    }
}
