using Mlp.Kernels;
using Mlp.TestSupport;

namespace Mlp.Tests.Kernels;

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
