using System.Numerics;
using Mlp.Losses;
using Mlp.Training.Ensembles;

namespace Mlp.Training.Intervals;

/// <summary>Predictions for rows that the networks were not trained on, and how far the labels lie below and above them: in the unit of
/// the targets as they were trained on.</summary>
internal sealed class IntervalRows
{
    private readonly double[] _above;

    /// <param name="heldOut">Outputs before the link.</param>
    /// <param name="link">Of the model.</param>
    /// <param name="range">Of the targets as they were trained on, which predictions do not leave; null for none.</param>
    /// <param name="binCount">Parts of the range of predictions.</param>
    public static IntervalRows Of<T>(HeldOutRows<T> heldOut, OutputLink link, TargetRange<T>? range, int binCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int targetCount = heldOut.Targets.Length / heldOut.RowCount;
        var predictions = (T[])heldOut.Outputs.Clone();
        link.Apply<T>(predictions, targetCount);
        range?.Apply(predictions);
        return new IntervalRows(
            ToDoubles(predictions), ToDoubles(heldOut.Targets), ToDoubles(heldOut.ExampleWeights), binCount, heldOut.Seen,
            heldOut.NetworkCount);
    }

    /// <param name="predictions">[rows x targets].</param>
    /// <param name="targets">[rows x targets].</param>
    /// <param name="weights">One per row, positive.</param>
    /// <param name="binCount">Parts of the range of predictions.</param>
    /// <param name="seen">What other networks say of the rows; null for predictions that are those of the model.</param>
    /// <param name="networkCount">Networks of the model.</param>
    public IntervalRows(
        double[] predictions, double[] targets, double[] weights, int binCount, SeenPredictions? seen = null, int networkCount = 1)
    {
        (Predictions, Weights, TargetCount) = (predictions, weights, predictions.Length / weights.Length);
        _above = [.. targets.Zip(predictions, (target, prediction) => target - prediction)];
        Edges = [.. Enumerable.Range(0, TargetCount).Select(target => EdgesOf(target, binCount))];
        Bins = new int[TargetCount][][];
        for (int target = 0; target < TargetCount; target++)
        {
            List<int>[] bins = [.. Enumerable.Range(0, binCount).Select(_ => new List<int>())];
            for (int row = 0; row < RowCount; row++)
                bins[BinOf(target, row)].Add(row);
            Bins[target] = [.. bins.Select(bin => bin.ToArray())];
            foreach (int[] bin in seen is null ? [] : Bins[target])
            {
                int[] indices = [.. bin.Select(row => row * TargetCount + target)];
                EnsembleGain.Apply(_above, predictions, weights, seen!, networkCount, indices);
            }
        }
    }

    public int TargetCount { get; }

    public int RowCount => Weights.Length;

    /// <summary>[rows x targets].</summary>
    public double[] Predictions { get; }

    /// <summary>One per row, positive.</summary>
    public double[] Weights { get; }

    /// <summary>For each target the bounds between the parts of its range of predictions, which have as many rows each; ascending. The
    /// largest double where there are fewer different predictions.</summary>
    public double[][] Edges { get; }

    /// <summary>The rows of each target and part.</summary>
    public int[][][] Bins { get; }

    /// <summary>How far a label is likely to lie on one side of the model's prediction, negative on the other one.</summary>
    /// <param name="row">Zero-based.</param>
    /// <param name="target">Zero-based.</param>
    /// <param name="side">0: below; 1: above.</param>
    public double Distance(int row, int target, int side)
    {
        double above = _above[row * TargetCount + target];
        return side == 0 ? -above : above;
    }

    private double[] EdgesOf(int target, int binCount)
    {
        double[] sorted = [.. Enumerable.Range(0, RowCount).Select(row => Predictions[row * TargetCount + target]).Order()];
        double[] edges = [.. Enumerable.Range(1, binCount - 1).Select(bin => sorted[(int)((long)bin * sorted.Length / binCount) - 1])
            .Distinct().Where(edge => edge < sorted[^1])];
        return [.. edges, .. Enumerable.Repeat(double.MaxValue, binCount - 1 - edges.Length)];
    }

    private int BinOf(int target, int row) => Edges[target].Count(edge => Predictions[row * TargetCount + target] > edge);

    private static double[] ToDoubles<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, double.CreateTruncating);
}
