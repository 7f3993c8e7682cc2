using Mlp.Data;
using Mlp.State;

namespace Mlp.Tests.Data;

/// <summary>Skewed features: which get a curve, and what it does.</summary>
public sealed class FeatureCurvesTests
{
    private const int RowCount = 4_000;

    /// <summary>Normal, log-normal with a long tail, a flag, log-normal: only the second and the last one are skewed.</summary>
    private static readonly float[] Features = Draw(RowCount);

    [Fact]
    public void SkewedFeatures_GetCurves_OthersNone()
    {
        FeatureScaling<float> scaling = Adaptive(Features);
        Assert.Equal([1, 3], scaling.Curves.Select(curve => curve.Feature));
        Assert.All(scaling.Curves, curve =>
        {
            Assert.Equal(curve.Inputs.Order(), curve.Inputs);
            Assert.Equal(curve.Outputs.Order(), curve.Outputs);
            Assert.InRange(curve.Outputs[0], -2, -1.9);
            Assert.InRange(curve.Outputs[^1], 1.9, 2);
        });
    }

    [Fact]
    public void ACurve_PutsTheQuartilesOneApart_AndTheMedianAtZero()
    {
        float[] scaled = [.. Features];
        Adaptive(Features).Apply(scaled);
        float[] column = [.. scaled.Where((_, index) => index % 4 == 1).Order()];
        Assert.Equal(0, column[RowCount / 2], 0.01);
        Assert.Equal(-0.5, column[RowCount / 4], 0.01);
        Assert.Equal(0.5, column[3 * RowCount / 4], 0.01);
    }

    [Fact]
    public void OtherFeatures_AreScaledAsIfThereWereNoCurve()
    {
        FeatureScaling<float> scaling = Adaptive(Features);
        var without = new FeatureScaling<float>(scaling.Offsets, scaling.Factors, scaling.Limit);
        float[] scaled = [.. Features], expected = [.. Features];
        scaling.Apply(scaled);
        without.Apply(expected);
        for (int index = 0; index < scaled.Length; index++)
        {
            if (index % 4 is 0 or 2)
                Assert.Equal(expected[index], scaled[index]);
        }
    }

    [Fact]
    public void TheRobustScaling_HasNoCurves() => Assert.Empty(FeatureScaling<float>.Robust(new RowBlocks<float>(Features, 4)).Curves);

    [Fact]
    public void SmallTables_AndPictures_HaveNone()
    {
        Assert.Empty(Adaptive(Features[..(4 * (FeatureCurves.LeastRowCount - 1))]).Curves);
        Assert.NotEmpty(Adaptive(Features[..(4 * FeatureCurves.LeastRowCount)]).Curves);
        int width = FeatureCurves.MostFeatures + 1;
        float[] wide = [.. Enumerable.Range(0, 1_200).SelectMany(row => Enumerable.Repeat(Features[4 * row + 1], width))];
        Assert.Empty(FeatureScaling<float>.Adaptive(new RowBlocks<float>(wide, width)).Curves);
    }

    [Fact]
    public void ARowOfWeightTwo_IsTheRowTwice()
    {
        float[] column = [.. Features.Where((_, index) => index % 4 == 1).Take(1_500)];
        float[] weights = [.. Enumerable.Range(0, column.Length).Select(row => (float)(row % 3))];
        float[] repeated = [.. column.SelectMany((value, row) => Enumerable.Repeat(value, row % 3))];
        FeatureCurve<float> expected = Assert.Single(FeatureScaling<float>.Adaptive(new RowBlocks<float>(repeated, 1)).Curves);
        FeatureCurve<float> weighted = Assert.Single(
            FeatureScaling<float>.Adaptive(new RowBlocks<float>(column, 1), exampleWeights: new RowBlocks<float>(weights, 1)).Curves);
        Assert.Equal(expected.Inputs, weighted.Inputs);
        Assert.Equal(expected.Outputs, weighted.Outputs);
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(2.5, 2)]
    [InlineData(3, -1)]
    [InlineData(double.PositiveInfinity, -1)]
    [InlineData(double.NegativeInfinity, 1)]
    [InlineData(double.NaN, double.NaN)]
    public void ACurve_IsStraightBetweenItsPoints_AndConstantBeyond(double input, double expected)
    {
        var curve = new FeatureCurve<double>(0, [-1, 1, 2, 3], [1, 3, 5, -1]);
        Assert.Equal(expected, curve.At(input), 1e-15);
        Assert.Equal((float)expected, new FeatureCurve<float>(0, [-1, 1, 2, 3], [1, 3, 5, -1]).At((float)input), 1e-6f);
    }

    [Fact]
    public void ACurve_BetweenTheLargestNumbers_IsFinite()
    {
        var curve = new FeatureCurve<float>(0, [-float.MaxValue, float.MaxValue], [-1, 1]);
        Assert.Equal(0.5f, curve.At(float.MaxValue / 2), 1e-6f);
    }

    private static FeatureScaling<float> Adaptive(float[] features) => FeatureScaling<float>.Adaptive(new RowBlocks<float>(features, 4));

    private static float[] Draw(int rowCount)
    {
        var random = new RandomSource(1);
        return [.. Enumerable.Range(0, rowCount).SelectMany(_ => (float[])
            [(float)Normal(), (float)Math.Exp(2.5 * Normal()), Normal() > 0 ? 1 : 0, -(float)Math.Exp(3 * Normal())])];

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
