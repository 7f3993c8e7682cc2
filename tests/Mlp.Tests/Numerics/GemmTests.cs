using Mlp.Numerics;
using Mlp.TestSupport;

namespace Mlp.Tests.Numerics;

public class GemmTests(ITestOutputHelper output)
{
    [Fact]
    public void Multiply_HasTheBitsOfTheNaiveLoop_ForEveryShapeUpToOnePastTheTile()
    {
        output.WriteLine($"{GemmChecks.SmallShapes<float>() + GemmChecks.SmallShapes<double>()} products");
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void Multiply_HasTheBitsOfTheNaiveLoop_AcrossBlocks_OnAnyNumberOfThreads()
    {
        // Not every shape would be worth sharing, but some must be, both by rows and by columns.
        Assert.Contains(GemmChecks.LargeShapeList, shape => shape.N >= shape.M && (long)shape.M * shape.N * shape.K >= 1 << 19);
        Assert.Contains(GemmChecks.LargeShapeList, shape => shape.N < shape.M && (long)shape.M * shape.N * shape.K >= 1 << 19);
        GemmChecks.LargeShapes<float>(1, 2, 3, 4);
        GemmChecks.LargeShapes<double>(1, 2, 3, 4);
    }

    [Fact]
    public void Multiply_PutsNaNAndInfinity_WhereTheNaiveLoopDoes()
    {
        GemmChecks.SpecialValues<float>();
        GemmChecks.SpecialValues<double>();
    }

    [Fact]
    public void Multiply_StaysWithinTheErrorOfKRoundings()
    {
        output.WriteLine($"float {GemmChecks.ErrorBound<float>():F3}, double {GemmChecks.ErrorBound<double>():F3} of the bound");
    }

    [Fact]
    public void Multiply_WithoutTerms_GivesZero_OrLeavesC()
    {
        using var team = new ThreadTeam(1);
        var gemm = new Gemm<float>(team);
        float[] c = [1, float.NaN];

        gemm.Multiply(1, 2, 0, MatrixView<float>.Rows([], 0), MatrixView<float>.Rows([], 2), c, accumulate: true);
        Assert.Equal([1, float.NaN], c);

        gemm.Multiply(1, 2, 0, MatrixView<float>.Rows([], 0), MatrixView<float>.Rows([], 2), c, accumulate: false);
        Assert.Equal([0, 0], c);
    }

    [Theory]
    [InlineData(5, 6, 4, "a")]
    [InlineData(6, 5, 4, "b")]
    [InlineData(6, 6, 3, "c")]
    public void Multiply_TooSmallAMatrix_IsRefused(int aLength, int bLength, int cLength, string name)
    {
        using var team = new ThreadTeam(1);
        var gemm = new Gemm<double>(team);

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => gemm.Multiply(
            2, 2, 3,
            MatrixView<double>.Rows(new double[aLength], 3), MatrixView<double>.Rows(new double[bLength], 2),
            new double[cLength], accumulate: false));

        Assert.Equal(name, exception.ParamName);
    }

    [Fact]
    public void SumColumns_AddsFirstRowFirst_ForEveryWidth()
    {
        const int RowCount = 3;
        using var team = new ThreadTeam(1);
        var gemm = new Gemm<float>(team);
        using GuardedMemory<float> guardedValues = new(130 * RowCount), guardedSums = new(130);
        for (int width = 0; width <= 130; width++)
        {
            Span<float> values = guardedValues.Copy(GemmChecks.Random<float>(width * RowCount, seed: width));
            Span<float> sums = guardedSums.Last(width);
            sums.Fill(float.NaN);

            gemm.SumColumns(values, RowCount, sums);

            for (int column = 0; column < width; column++)
                Assert.Equal(values[column] + values[width + column] + values[2 * width + column], sums[column]);
        }
    }
}
