using Mlp.Training.Ensembles;

namespace Mlp.Training.Intervals;

/// <summary>How much less the mean of an ensemble errs than the network that held a row out.</summary>
/// <remarks>
/// A held-out prediction is f = m + δ, with a network's own part δ of variance v, and the label y = m + ε, with ε of variance s. The n
/// networks that were trained on the row have the mean g = m + γ ε + δ̄: γ of the label's noise they have learnt by heart. So the means of
/// squares and products of what can be seen are
/// <code>
/// R = E (y − f)²        = s + v
/// C = E (y − f)(g − f)  = γ s + v
/// D = E (g − f)²        = γ² s + v (1 + 1/n)
/// </code>
/// from which γ and s are taken out: (1 − k) v² + (k R + D − 2 C) v + C² − D R = 0, k = 1 + 1/n. Of a mean of M networks the error has
/// the variance s + v / M: distances shrink by √(1 − (v / R)(1 − 1/M)).
/// </remarks>
internal static class EnsembleGain
{
    // No ensemble that learnt anything gains more.
    private const double LeastFactor = 0.5;

    /// <summary>What the distances of rows are to be multiplied by.</summary>
    /// <param name="predictions">f: [rows x targets].</param>
    /// <param name="targets">y: [rows x targets].</param>
    /// <param name="weights">One per row.</param>
    /// <param name="seen">g: [rows x targets].</param>
    /// <param name="networkCount">M.</param>
    /// <param name="indices">Of the rows and the target.</param>
    public static double Factor(
        double[] predictions, double[] targets, double[] weights, SeenPredictions seen, int networkCount, IEnumerable<int> indices)
    {
        int targetCount = predictions.Length / weights.Length;
        double square = 0, product = 0, difference = 0;
        foreach (int index in indices)
        {
            double weight = weights[index / targetCount], error = targets[index] - predictions[index],
                apart = seen.Means[index] - predictions[index];
            square += weight * error * error;
            product += weight * error * apart;
            difference += weight * apart * apart;
        }
        if (!(square > 0))
            return 1;
        double k = 1 + 1.0 / seen.NetworkCount;
        double a = 1 - k, b = k * square + difference - 2 * product, c = product * product - difference * square;
        // The root near −c / b.
        double own = (-b + Math.Sqrt(Math.Max(0, b * b - 4 * a * c))) / (2 * a);
        return Math.Clamp(Math.Sqrt(Math.Max(0, 1 - own / square * (1 - 1.0 / networkCount))), LeastFactor, 1);
    }
}
