using System.Numerics;
using Mlp.Data;
using Mlp.Losses;

namespace Mlp.Training.Ensembles;

/// <summary>What an ensemble's networks say of rows that they were trained on and another one was not.</summary>
/// <param name="Means">Of their predictions: [rows x outputs].</param>
/// <param name="NetworkCount">How many predictions each is the mean of, at least 1.</param>
internal sealed record SeenPredictions(double[] Means, int NetworkCount)
{
    /// <param name="networks">At least two, with the rows that each held out, no row twice.</param>
    /// <param name="source">All rows.</param>
    /// <param name="link">What makes predictions of outputs.</param>
    /// <param name="checkCancellation">Called before every further portion of rows; what it throws ends the work. Null for nothing.</param>
    /// <returns>Of all rows that some network held out, network after network.</returns>
    public static SeenPredictions Compute<T>(
        IReadOnlyList<(Network<T> Network, int[] HeldOut)> networks, IRowSource<T> source, OutputLink link, Action? checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputCount = source.TargetCount, rowCount = networks.Sum(pair => pair.HeldOut.Length), start = 0;
        var means = new double[rowCount * outputCount];
        int[] rows = [.. networks.SelectMany(pair => pair.HeldOut)];
        foreach ((Network<T> network, int[] heldOut) in networks)
        {
            // All but its own, which lie side by side.
            int[] seen = [.. rows[..start], .. rows[(start + heldOut.Length)..]];
            T[] predictions = HeldOutOutputs<T>.Compute(network, new SelectedRows<T>(source, seen), checkCancellation).Outputs;
            link.Apply<T>(predictions, outputCount);
            (int first, int skipped) = (start * outputCount, heldOut.Length * outputCount);
            for (int index = 0; index < predictions.Length; index++)
                means[index < first ? index : index + skipped] += double.CreateTruncating(predictions[index]) / (networks.Count - 1);
            start += heldOut.Length;
        }
        return new SeenPredictions(means, networks.Count - 1);
    }
}
