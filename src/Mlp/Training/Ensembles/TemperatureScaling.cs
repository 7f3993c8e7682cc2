using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Training.Ensembles;

/// <summary>Finds the temperature that makes probabilities as certain as they are right on rows that training did not see.</summary>
/// <remarks>Source: Guo et al. 2017, "On calibration of modern neural networks", section 4.2; softened targets: Platt 1999, with a
/// pseudo-row of weight 1 instead of k.</remarks>
internal static class TemperatureScaling
{
    private const double Least = 0.1, Largest = 10;

    // Halvings of the interval of ln T, 4.6 wide: T is good to seven digits.
    private const int StepCount = 25;

    /// <summary>The temperature T that minimizes the cross-entropy of Link(o / T).</summary>
    /// <param name="link"><see cref="OutputLink.Sigmoid"/> or <see cref="OutputLink.Softmax"/>.</param>
    /// <param name="outputs">o: logits, row-major, rowCount x <paramref name="outputCount"/>; finite.</param>
    /// <param name="targets">Probabilities, mostly 0 and 1, same layout.</param>
    /// <param name="exampleWeights">One per row, at least 0.</param>
    /// <param name="outputCount">Outputs of a row, at least 1.</param>
    /// <returns>In [0.1, 10]; 1 when no row has a weight.</returns>
    /// <remarks>
    /// To n rows' weight comes one row whose target is every class alike: a target of 1 counts as (n + 1/k) / (n + 1) and 0 as
    /// (1/k) / (n + 1), k the classes (2 for a sigmoid): that n rows were right does not make the next one certain. The loss is convex in 1
    /// / T, whose derivative is bisected.
    /// </remarks>
    /// <exception cref="ArgumentException">The link has no temperature, or the lengths do not fit each other.</exception>
    public static double Fit<T>(
        OutputLink link, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> exampleWeights, int outputCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Fit(link, outputs, targets, exampleWeights, outputCount, checkCancellation: null);

    /// <inheritdoc cref="Fit{T}(OutputLink, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, int)"/>
    internal static double Fit<T>(
        OutputLink link, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> exampleWeights, int outputCount,
            Action? checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (link is not (OutputLink.Sigmoid or OutputLink.Softmax))
            throw new ArgumentException($"Outputs with the link {link} have no temperature; Sigmoid and Softmax have one.", nameof(link));
        RangeCheck.AtLeast(1, outputCount);
        if (outputs.Length != targets.Length || outputs.Length != (long)exampleWeights.Length * outputCount)
        {
            throw new ArgumentException(
                $"There are {outputs.Length} outputs, {targets.Length} targets and {exampleWeights.Length} example weights; "
                    + $"{outputCount} outputs and targets belong to each weight.",
                nameof(outputs));
        }
        double weightSum = 0;
        foreach (T weight in exampleWeights)
            weightSum += double.CreateTruncating(weight);
        if (weightSum == 0)
            return 1;
        int classCount = link == OutputLink.Softmax ? outputCount : 2;
        double softness = 1 / (weightSum + 1);
        double low = Math.Log(Least), high = Math.Log(Largest);
        for (int step = 0; step < StepCount; step++)
        {
            double middle = (low + high) / 2;
            bool isTooCertain = Slope(
                link, outputs, targets, exampleWeights, outputCount, Math.Exp(-middle), softness, classCount, checkCancellation) > 0;
            (low, high) = isTooCertain ? (middle, high) : (low, middle);
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>∂/∂β of the cross-entropy of Link(β o) = Σ w Σ (p − target) o.</summary>
    private static double Slope<T>(
        OutputLink link, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> exampleWeights, int outputCount, double beta,
        double softness, int classCount, Action? checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double slope = 0;
        for (int row = 0; row < exampleWeights.Length; row++)
        {
            if (row % Limits.PortionRowCount == 0)
                checkCancellation?.Invoke();
            if (exampleWeights[row] == T.Zero)
                continue;
            ReadOnlySpan<T> rowOutputs = outputs.Slice(row * outputCount, outputCount),
                rowTargets = targets.Slice(row * outputCount, outputCount);
            double max = double.NegativeInfinity, sum = 0, rowSlope = 0;
            if (link == OutputLink.Softmax)
            {
                foreach (T output in rowOutputs)
                    max = Math.Max(max, double.CreateTruncating(output));
                foreach (T output in rowOutputs)
                    sum += Math.Exp(beta * (double.CreateTruncating(output) - max));
            }
            for (int index = 0; index < outputCount; index++)
            {
                double output = double.CreateTruncating(rowOutputs[index]);
                double probability = link == OutputLink.Softmax
                    ? Math.Exp(beta * (output - max)) / sum : 1 / (1 + Math.Exp(-beta * output));
                double target = (1 - softness) * double.CreateTruncating(rowTargets[index]) + softness / classCount;
                rowSlope += (probability - target) * output;
            }
            slope += double.CreateTruncating(exampleWeights[row]) * rowSlope;
        }
        return slope;
    }
}
