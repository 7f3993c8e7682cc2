namespace Mlp.Training.Tuning;

/// <summary>The loss of an ensemble on rows that its networks were not trained on.</summary>
/// <param name="RowLosses">One per row, fold after fold.</param>
/// <param name="Weights">As many.</param>
/// <param name="Temperature">That the outputs were divided by; 1 for none.</param>
internal sealed record HeldOutLoss(double[] RowLosses, double[] Weights, double Temperature)
{
    /// <summary>The weighted mean of the rows.</summary>
    public double Mean { get; } = MeanOf(RowLosses, Weights);

    /// <summary>The standard error of the mean, where rows are drawn independently of each other.</summary>
    public double StandardError => StandardErrorOf(RowLosses, Weights);

    /// <summary>By how much another ensemble's loss on the same rows is lower, with the standard error of that difference.</summary>
    public (double Mean, double StandardError) GainOf(HeldOutLoss other)
    {
        double[] differences = [.. RowLosses.Zip(other.RowLosses, (own, others) => own - others)];
        return (MeanOf(differences, Weights), StandardErrorOf(differences, Weights));
    }

    private static double MeanOf(double[] values, double[] weights)
    {
        double sum = 0, weightSum = 0;
        for (int row = 0; row < values.Length; row++)
        {
            sum += weights[row] * values[row];
            weightSum += weights[row];
        }
        return sum / weightSum;
    }

    /// <summary>√(Σ w² (x − mean)²) / Σ w: that of a ratio of sums, linearized.</summary>
    private static double StandardErrorOf(double[] values, double[] weights)
    {
        double mean = MeanOf(values, weights), squares = 0, weightSum = 0;
        for (int row = 0; row < values.Length; row++)
        {
            double distance = weights[row] * (values[row] - mean);
            squares += distance * distance;
            weightSum += weights[row];
        }
        return Math.Sqrt(squares) / weightSum;
    }
}
