using Mlp.Numerics;
using Mlp.TestSupport;

namespace Mlp.Tests.Numerics;

public class ElementwiseTests
{
    [Fact]
    public void AddScaled_Scale_Clamp_MatchTheirFormulas()
    {
        double[] values = [1, -2, 3, -4, 5];

        Elementwise.AddScaled(2, [10, 20, 30, 40, 50], values);
        Assert.Equal([21, 38, 63, 76, 105], values);

        Elementwise.Scale(-0.5, values);
        Assert.Equal([-10.5, -19, -31.5, -38, -52.5], values);

        values[0] = double.NaN;
        values[1] = 40;
        Elementwise.Clamp(32, values);
        Assert.Equal([double.NaN, 32, -31.5, -32, -32], values);
    }

    [Fact]
    public void TinyValues_BecomeZero()
    {
        // 2^-60 is 8.7e-19.
        float[] values = [1, 1e-17f, 1e-18f, -1e-18f, 1e-40f, float.NaN];
        Elementwise.Shrink(0.5f, values);
        Assert.Equal([0.5f, 5e-18f, 0, 0, 0, float.NaN], values);

        Elementwise.Multiply([1e-18f, 0.1f, 1, 1, 1, 1], values);
        Assert.Equal([0, 0, 0, 0, 0, float.NaN], values);

        Elementwise.AddScaled(1e20f, [1, 1e-18f, 1e-19f, -1e-40f, 0, 0], values);
        Assert.Equal([1e20f, 100, 0, 0, 0, float.NaN], values.Select(value => MathF.Round(value, 3)));
    }

    [Fact]
    public void SumOfSquares_MatchesTheLoop_ForEveryTail()
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] values = GemmChecks.Random<float>(length, seed: length);
            Assert.Equal(values.Sum(value => (double)value * value), Elementwise.SumOfSquares<float>(values), 1e-13 * length);
            double[] doubles = GemmChecks.Random<double>(length, seed: length);
            Assert.Equal(doubles.Sum(value => value * value), Elementwise.SumOfSquares<double>(doubles), 1e-13 * length);
        }
    }

    [Fact]
    public void SumOfSquares_DoesNotOverflowInFloat() =>
        Assert.Equal(2 * (double)1e30f * 1e30f, Elementwise.SumOfSquares<float>([1e30f, -1e30f]));
}
