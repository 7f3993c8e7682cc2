using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Replay;
using Mlp.State;

namespace Mlp.MLNet.Training;

/// <summary>Old rows and new ones in one training: what they count, and who holds them out.</summary>
internal static class ReplayedRows
{
    // A row that stands for very many others makes steps noisy, and networks overfit to it.
    private const double LargestWeight = 4;

    /// <summary>Lets the old rows count for those of theirs that are not there any more, up to a bound.</summary>
    /// <param name="rows">The old ones first.</param>
    /// <param name="oldCount">How many these are.</param>
    /// <param name="seen">How many there were.</param>
    public static TrainingRows Weigh(TrainingRows rows, int oldCount, long seen)
    {
        if (oldCount == 0 || seen <= oldCount)
            return rows;
        var weight = (float)Math.Min(LargestWeight, (double)seen / oldCount);
        var weights = new RowBlocks<float>(1, rows.RowCount);
        for (int row = 0; row < rows.RowCount; row++)
            weights.Add()[0] = (rows.ExampleWeights?[row][0] ?? 1) * (row < oldCount ? weight : 1);
        return rows with { ExampleWeights = weights };
    }

    /// <summary>Old rows stay with the network that has never seen them; the new ones are dealt out at random.</summary>
    /// <param name="old">With the folds of the earlier trainings.</param>
    /// <param name="freshCount">New rows.</param>
    /// <param name="ensemble">How many networks hold how much out.</param>
    /// <param name="seed">The same seed deals alike.</param>
    public static RowFolds FoldsOf(Reservoir old, int freshCount, EnsembleSettings ensemble, int seed)
    {
        int parts = Math.Max(ensemble.NumberOfNetworks, (int)Math.Round(1 / ensemble.ValidationFraction));
        int[] order = [.. Enumerable.Range(0, freshCount)];
        new RandomSource(~seed).Shuffle(order);
        var folds = new int[freshCount];
        for (int place = 0; place < freshCount; place++)
            folds[order[place]] = place % parts < ensemble.NumberOfNetworks ? place % parts : RowFolds.None;
        return new RowFolds([.. old.Folds, .. folds]);
    }

    /// <summary>The range with further labels in it.</summary>
    public static TargetRange<float> Widen(TargetRange<float> range, RowBlocks<float> targets)
    {
        var other = TargetRange<float>.Of(targets);
        float[] minima = range.Minima.ToArray(), maxima = range.Maxima.ToArray();
        for (int target = 0; target < minima.Length; target++)
        {
            minima[target] = Math.Min(minima[target], other.Minima[target]);
            maxima[target] = Math.Max(maxima[target], other.Maxima[target]);
        }
        return new TargetRange<float>(minima, maxima);
    }
}
