namespace Microsoft.ML.Data;

/// <summary>How close predicted numbers are to the true ones.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(
        double meanAbsoluteError, double meanSquaredError, double rootMeanSquaredError, double lossFunction, double rSquared)
    {
        MeanAbsoluteError = meanAbsoluteError;
        MeanSquaredError = meanSquaredError;
        RootMeanSquaredError = rootMeanSquaredError;
        LossFunction = lossFunction;
        RSquared = rSquared;
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError { get; }

    /// <summary>The squared error again, but each square rounded to a Single first.</summary>
    public double LossFunction { get; }

    /// <summary>1 for a perfect prediction, 0 for one as good as the mean; NaN when all labels are equal.</summary>
    public double RSquared { get; }
}
