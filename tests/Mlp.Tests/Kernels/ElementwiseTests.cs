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
    public void SumColumns_AddsFirstRowFirst_ForEveryWidth()
    {
        const int RowCount = 3;
        using GuardedMemory<float> guardedValues = new(130 * RowCount), guardedSums = new(130);
        for (int width = 0; width <= 130; width++)
        {
            Span<float> values = guardedValues.Copy(GemmChecks.Random<float>(width * RowCount, seed: width));
            Span<float> sums = guardedSums.Last(width);
            sums.Fill(float.NaN);

            Elementwise.SumColumns<float>(values, RowCount, sums);

            for (int column = 0; column < width; column++)
                Assert.Equal(values[column] + values[width + column] + values[2 * width + column], sums[column]);
        }
    }

    [Fact]
    public void FillRows_RepeatsTheRow()
    {
        var destination = new int[6];
        Elementwise.FillRows([1, 2], 3, destination);
        Assert.Equal([1, 2, 1, 2, 1, 2], destination);
    }

    [Fact]
    public void SumOfSquares_DoesNotOverflowInFloat() =>
        Assert.Equal(2 * (double)1e30f * 1e30f, Elementwise.SumOfSquares<float>([1e30f, -1e30f]));
}
