using System.Numerics;
using Mlp.Losses;

namespace Mlp.Training.Ensembles;

/// <summary>What an ensemble's networks say of rows that they were trained on and another one was not.</summary>
/// <param name="Means">Of their predictions: [rows x outputs].</param>
/// <param name="NetworkCount">How many predictions each is the mean of, at least 1.</param>
internal sealed record SeenPredictions(double[] Means, int NetworkCount)
{
    /// <param name="networks">At least two, with the rows that each held out, no row twice.</param>
    /// <param name="link">What makes predictions of outputs.</param>
    /// <param name="checkCancellation">Called before every further portion of rows; what it throws ends the work. Null for nothing.</param>
    /// <returns>Of all rows that some network held out, network after network.</returns>
    public static SeenPredictions Compute<T>(
        IReadOnlyList<(Network<T> Network, IRowSource<T> HeldOut)> networks, OutputLink link, Action? checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var means = new List<double[]>();
        for (int part = 0; part < networks.Count; part++)
        {
            double[]? sums = null;
            // All but its own.
            foreach ((Network<T> network, _) in networks.Where((_, index) => index != part))
            {
                T[] predictions = HeldOutOutputs<T>.Compute(network, networks[part].HeldOut, checkCancellation).Outputs;
                link.Apply<T>(predictions, network.OutputCount);
                sums ??= new double[predictions.Length];
                for (int index = 0; index < predictions.Length; index++)
                    sums[index] += double.CreateTruncating(predictions[index]) / (networks.Count - 1);
            }
            means.Add(sums!);
        }
        return new SeenPredictions([.. means.SelectMany(each => each)], networks.Count - 1);
    }
}
