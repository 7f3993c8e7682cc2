using System.Numerics;

namespace Mlp.Data;

/// <summary>Values in ascending order, each as often as it counts, and their quantiles.</summary>
/// <param name="values">Ascending, at least one.</param>
/// <param name="ends">The rank behind the last copy of each value; empty where each is there once.</param>
internal readonly ref struct RankedValues<T>(ReadOnlySpan<T> values, ReadOnlySpan<double> ends)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Weights in single precision, which are added up, are not more exact than that.
    private const double Uncertainty = 1e-6;

    private readonly ReadOnlySpan<T> _values = values;
    private readonly ReadOnlySpan<double> _ends = ends;

    private double Count => _ends.IsEmpty ? _values.Length : _ends[^1];

    /// <summary>Linear interpolation between the two nearest ranks. Of a million copies and more ranks are not exact: where the copies of
    /// two values meet, it is their mean.</summary>
    /// <param name="part">In [0, 1].</param>
    public double Quantile(double part)
    {
        double position = part * (Count - 1), below = Math.Floor(position), slack = _ends.IsEmpty ? 0 : Math.Floor(Uncertainty * Count);
        double low = At(Math.Max(below - slack, 0)), high = At(Math.Min(below + 1 + slack, Count - 1));
        double fraction = slack > 0 ? 0.5 : position - below;
        // In two halves: the difference of two large numbers of opposite signs would be infinite.
        double half = (high / 2 - low / 2) * fraction;
        return low + half + half;
    }

    private double At(double rank)
    {
        if (_ends.IsEmpty)
            return double.CreateTruncating(_values[(int)rank]);
        int index = _ends.BinarySearch(rank);
        // The end of a value's copies is the first rank of the next one's.
        return double.CreateTruncating(_values[Math.Min(index >= 0 ? index + 1 : ~index, _values.Length - 1)]);
    }
}

/// <summary>Makes them.</summary>
internal static class RankedValues
{
    // Of the largest weight: what is finer makes no difference to a rank.
    private const double LeastPart = 1.0 / (1L << 60);

    /// <summary>
    /// How often each row is there: its weight over a unit, the largest power of two, at most 1, of which all weights are multiples. So a
    /// row of weight 2 is the row twice, and weights that are all 1/2 are as good as none.
    /// </summary>
    /// <param name="exampleWeights">Rows of one value, positive and finite.</param>
    public static double[] Counts<T>(RowBlocks<T> exampleWeights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] weights = [.. Enumerable.Range(0, exampleWeights.RowCount).Select(row => double.CreateTruncating(exampleWeights[row][0]))];
        double unit = 1, least = LeastPart * weights.Max();
        foreach (double weight in weights)
        {
            while (unit > least && Math.Floor(weight / unit) != weight / unit)
                unit /= 2;
        }
        return [.. weights.Select(weight => weight / unit)];
    }

    /// <param name="values">At least one; sorted in place.</param>
    /// <param name="counts">How often each is there, positive; null for once.</param>
    public static RankedValues<T> Of<T>(T[] values, double[]? counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (counts is null)
        {
            Array.Sort(values);
            return new RankedValues<T>(values, ends: []);
        }
        double[] ends = [.. counts];
        Array.Sort(values, ends);
        for (int index = 1; index < ends.Length; index++)
            ends[index] += ends[index - 1];
        return new RankedValues<T>(values, ends);
    }
}
