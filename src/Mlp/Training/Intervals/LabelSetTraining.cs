using System.Numerics;
using Mlp.Losses;
using Mlp.Models.Intervals;
using Mlp.Training.Ensembles;

namespace Mlp.Training.Intervals;

/// <summary>Finds how probable a class must be to belong to a set, so that sets hold the true class with the asked probability.</summary>
/// <remarks>Source: Sadinle, Lei and Wasserman 2019, "Least ambiguous set-valued classifiers with bounded error levels": of all sets with
/// that promise these have the fewest classes. The most probable class is added, so that no set is empty.</remarks>
internal static class LabelSetTraining
{
    /// <param name="heldOut">What networks say of rows that they did not see; null where there are none: sets of all classes. One target
    /// per class, or one that is 1 for the second of two classes.</param>
    /// <param name="link">Of the outputs: what makes probabilities of them.</param>
    /// <param name="temperature">That logits are divided by.</param>
    /// <param name="level">In (0, 1).</param>
    public static LabelSets Fit<T>(HeldOutRows<T>? heldOut, OutputLink link, double temperature, double level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (heldOut is null)
            return new LabelSets(level, 0);
        int outputCount = heldOut.Targets.Length / heldOut.RowCount;
        T[] probabilities = link is OutputLink.Sigmoid or OutputLink.Softmax
            ? Array.ConvertAll(heldOut.Outputs, output => T.CreateTruncating(double.CreateTruncating(output) / temperature))
            : (T[])heldOut.Outputs.Clone();
        link.Apply<T>(probabilities, outputCount);
        var (doubts, weights) = (new double[heldOut.RowCount], new double[heldOut.RowCount]);
        for (int row = 0; row < heldOut.RowCount; row++)
        {
            doubts[row] = -TrueClass(probabilities.AsSpan(row * outputCount, outputCount), heldOut.Targets.AsSpan(row * outputCount));
            weights[row] = double.CreateTruncating(heldOut.ExampleWeights[row]);
        }
        double doubt = WeightedQuantile.Conformal(doubts, weights, level);
        return new LabelSets(level, double.IsInfinity(doubt) ? 0 : (float)Math.Clamp(-doubt, 0, 1));
    }

    /// <summary>What is said of the class that a row has.</summary>
    private static double TrueClass<T>(ReadOnlySpan<T> probabilities, ReadOnlySpan<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (probabilities.Length == 1)
        {
            T positive = probabilities[0];
            return double.CreateTruncating(double.CreateTruncating(targets[0]) > 0.5 ? positive : T.One - positive);
        }
        int found = 0;
        for (int index = 1; index < probabilities.Length; index++)
        {
            if (targets[index] > targets[found])
                found = index;
        }
        return double.CreateTruncating(probabilities[found]);
    }
}
