using Mlp.Training.Ensembles;

namespace Mlp.Training.Intervals;

/// <summary>How far labels lie from the mean of an ensemble, told from what the network says that held a row out, and from what the others
/// say, which were trained on it.</summary>
/// <remarks>
/// A held-out prediction is f = m + δ, with a network's own part δ of variance v, and the label y = m + ε, with ε of variance s. The n
/// networks that were trained on the row have the mean g = m + γ ε + δ̄: γ of what the label has by chance they have learnt by heart. So
/// the means of squares and products of what can be seen are
/// <code>
/// R = E (y − f)²        = s + v
/// C = E (y − f)(g − f)  = γ s + v
/// D = E (g − f)²        = γ² s + v k,  k = 1 + 1/n
/// </code>
/// With γ and s taken out, (1 − k) v² + (k R + D − 2 C) v + C² − D R = 0. Then (y − g) / (1 − γ) = ε − δ̄ / (1 − γ) is such a distance
/// as y − f = ε − δ, with less of the networks' own parts; what is used is the mean of both. Of a mean of M networks the variance is
/// s + v / M: the rest is a factor near 1.
/// </remarks>
internal static class EnsembleGain
{
    // No ensemble that learnt anything gains more, or knows more by heart.
    private const double LeastFactor = 0.5, LargestShare = 0.8;

    /// <summary>Makes distances to the mean of an ensemble of those to the networks that held rows out.</summary>
    /// <param name="distances">y − f: [rows x targets]; those of the indices are changed.</param>
    /// <param name="predictions">f: [rows x targets].</param>
    /// <param name="weights">One per row.</param>
    /// <param name="seen">g.</param>
    /// <param name="networkCount">M.</param>
    /// <param name="indices">Of rows and one target.</param>
    public static void Apply(
        double[] distances, double[] predictions, double[] weights, SeenPredictions seen, int networkCount, int[] indices)
    {
        int targetCount = predictions.Length / weights.Length;
        double square = 0, product = 0, difference = 0;
        foreach (int index in indices)
        {
            double weight = weights[index / targetCount], apart = seen.Means[index] - predictions[index];
            square += weight * distances[index] * distances[index];
            product += weight * distances[index] * apart;
            difference += weight * apart * apart;
        }
        (double own, double share) = Solve(square, product, difference, seen.NetworkCount);
        if (own == 0)
            return;
        double rest = square - own, ofMean = own * 0.25 * (1 + 1 / (seen.NetworkCount * (1 - share) * (1 - share)));
        double factor = Math.Clamp(Math.Sqrt((rest + own / networkCount) / (rest + ofMean)), LeastFactor, 1);
        foreach (int index in indices)
        {
            double ofSeen = (distances[index] + predictions[index] - seen.Means[index]) / (1 - share);
            distances[index] = factor * (distances[index] + ofSeen) / 2;
        }
    }

    /// <summary>v, in the unit of R, and γ; 0 of both where the equations have no such solution.</summary>
    internal static (double Own, double Share) Solve(double square, double product, double difference, int networkCount)
    {
        double k = 1 + 1.0 / networkCount;
        double a = 1 - k, b = k * square + difference - 2 * product, c = product * product - difference * square;
        double root = b * b - 4 * a * c;
        // The root near −c / b.
        double own = root >= 0 ? (-b + Math.Sqrt(root)) / (2 * a) : 0;
        return own > 0 && own < square ? (own, Math.Clamp((product - own) / (square - own), 0, LargestShare)) : (0, 0);
    }
}
