using Mlp.Evaluation;

namespace Mlp.Tests.Evaluation;

public class TargetErrorsTests
{
    [Fact]
    public void Errors_MatchAnExampleByHand()
    {
        // scikit-learn's documentation of r2_score, mean_absolute_error and mean_squared_error.
        var errors = new TargetErrors();
        foreach ((double target, double prediction) in (ReadOnlySpan<(double, double)>)[(3, 2.5), (-0.5, 0), (2, 2), (7, 8)])
            errors.Add(target, prediction);
        Assert.Equal(4, errors.RowCount);
        Assert.Equal(0.948608137, errors.RSquared, 1e-9);
        Assert.Equal(0.5, errors.MeanAbsoluteError, 1e-12);
        Assert.Equal(0.375, errors.MeanSquaredError, 1e-12);
        Assert.Equal(0.612372436, errors.RootMeanSquaredError, 1e-9);
    }

    [Fact]
    public void RSquared_OfLargeNumbers_DoesNotCancel()
    {
        var errors = new TargetErrors();
        for (int row = 0; row < 4; row++)
            errors.Add(1e9 + row, 1e9 + row + 0.5);
        Assert.Equal(1 - 1 / 5.0, errors.RSquared, 1e-9);
    }

    [Fact]
    public void Edges_AreThoseOfMLNet()
    {
        var errors = new TargetErrors();
        Assert.Equal((0, 0, 0), (errors.RSquared, errors.MeanAbsoluteError, errors.RootMeanSquaredError));
        errors.Add(2, 3);
        Assert.Equal(double.NaN, errors.RSquared);
    }
}
