namespace Mlp.Training.Intervals;

/// <summary>Quantiles of values that weigh differently.</summary>
internal static class WeightedQuantile
{
    /// <summary>The smallest value v, such that a further row of the same kind lies at or below v with at least the asked probability: Σ of
    /// the weights of values up to v is at least level · (Σ weights + their mean).</summary>
    /// <param name="values">Not NaN; sorted in place together with their weights.</param>
    /// <param name="weights">As many, positive.</param>
    /// <param name="level">In (0, 1).</param>
    /// <returns>Infinity where there are too few rows for the level.</returns>
    /// <remarks>
    /// The new row counts like the mean one, so that the unit of the weights does not matter. Source: Vovk, Gammerman and Shafer 2005; with
    /// weights: Tibshirani et al. 2019, "Conformal prediction under covariate shift", lemma 1.
    /// </remarks>
    public static double Conformal(Span<double> values, Span<double> weights, double level)
    {
        values.Sort(weights);
        return ConformalOfSorted(values, weights, level);
    }

    /// <inheritdoc cref="Conformal"/>
    /// <param name="values">Ascending.</param>
    /// <param name="weights">As many, positive.</param>
    /// <param name="level">In (0, 1).</param>
    public static double ConformalOfSorted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double level)
    {
        if (values.IsEmpty)
            return double.PositiveInfinity;
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        // Sums of equal weights must not fail a whole number by their rounding.
        double wanted = level * (sum + sum / weights.Length) * (1 - 1e-12), reached = 0;
        for (int index = 0; index < values.Length; index++)
        {
            reached += weights[index];
            if (reached >= wanted)
                return values[index];
        }
        return double.PositiveInfinity;
    }

    /// <summary>How many rows of the same weight a level needs, so that its intervals have bounds on both sides.</summary>
    /// <param name="level">In (0, 1).</param>
    public static int LeastRowCount(double level) => LeastRowCountOfOneSide((1 + level) / 2);

    /// <summary>How many rows of the same weight a level needs, so that there is a quantile.</summary>
    /// <param name="level">In (0, 1).</param>
    public static int LeastRowCountOfOneSide(double level) => (int)Math.Ceiling(1 / (1 - level) * (1 - 1e-9)) - 1;
}
