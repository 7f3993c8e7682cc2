using System.Numerics;

namespace Mlp.Models.Intervals;

/// <summary>
/// Intervals around the predictions of a model: what a network makes of a row's features says how wide each side is against others, and
/// a table, found on rows that training did not see, makes a width of it that holds the asked part of the labels.
/// </summary>
/// <remarks>
/// For a target with prediction p, in the part of the range of predictions that p lies in, at a level:
/// lower = p − q₁ s₁(x), upper = p + q₂ s₂(x), kept within <see cref="Minima"/> and <see cref="Maxima"/>. The scales s are at least
/// <see cref="LeastScale"/> and the q at least 0 and rising with the level: so lower ≤ p ≤ upper where p lies within the bounds, and the
/// interval of a higher level holds those of lower ones. A NaN prediction gives NaN.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class IntervalModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>No scale of a row is smaller; their usual size is 1.</summary>
    public const double LeastScale = 0.05;

    /// <summary>Levels at most.</summary>
    public const int MaxLevelCount = 100;

    /// <summary>Parts of the range of a target's predictions at most.</summary>
    public const int MaxBinCount = 64;

    /// <param name="levels">Ascending, each in (0, 1).</param>
    /// <param name="targetCount">At least 1.</param>
    /// <param name="edges">Of each target the bounds between the parts of its range, ascending: target after target.</param>
    /// <param name="multipliers">q: [targets x parts x levels x 2], the lower side first; at least 0; infinite for a side without
    /// bound.</param>
    /// <param name="minima">One per target; negative infinity for none.</param>
    /// <param name="maxima">One per target; infinity for none.</param>
    /// <param name="scales">Of a row's features s: two per target, the lower side first. Null for 1 everywhere.</param>
    /// <exception cref="ArgumentException">They do not fit each other.</exception>
    public IntervalModel(
        double[] levels, int targetCount, T[] edges, T[] multipliers, T[] minima, T[] maxima, Model<T>? scales)
    {
        (Levels, TargetCount, Edges, Multipliers, Minima, Maxima, Scales) =
            (levels, targetCount, edges, multipliers, minima, maxima, scales);
        BinCount = edges.Length / targetCount + 1;
        bool fits = edges.Length % targetCount == 0 && multipliers.Length == targetCount * BinCount * levels.Length * 2
            && minima.Length == targetCount && maxima.Length == targetCount
            && (scales is null || (scales.Network.OutputCount == 2 * targetCount && scales.Link == OutputLink.Identity));
        if (!fits)
            throw new ArgumentException("The parts of the intervals do not fit each other.", nameof(multipliers));
    }

    public double[] Levels { get; }

    public int TargetCount { get; }

    /// <summary>Parts of the range of each target's predictions.</summary>
    public int BinCount { get; }

    public T[] Edges { get; }

    public T[] Multipliers { get; }

    public T[] Minima { get; }

    public T[] Maxima { get; }

    public Model<T>? Scales { get; }

    /// <summary>The part of its range that a prediction lies in.</summary>
    public int BinOf(int target, T prediction)
    {
        int bin = 0;
        foreach (T edge in Edges.AsSpan(target * (BinCount - 1), BinCount - 1))
            bin += prediction > edge ? 1 : 0;
        return bin;
    }

    /// <summary>The intervals of a row.</summary>
    /// <param name="predictions">[targets].</param>
    /// <param name="scales">[targets x 2]; empty for 1 everywhere.</param>
    /// <param name="lower">[targets x levels], overwritten.</param>
    /// <param name="upper">[targets x levels], overwritten.</param>
    public void Compute(ReadOnlySpan<T> predictions, ReadOnlySpan<T> scales, Span<T> lower, Span<T> upper)
    {
        int levelCount = Levels.Length;
        for (int target = 0; target < TargetCount; target++)
        {
            double prediction = double.CreateTruncating(predictions[target]);
            double below = scales.IsEmpty ? 1 : double.CreateTruncating(scales[2 * target]),
                above = scales.IsEmpty ? 1 : double.CreateTruncating(scales[2 * target + 1]);
            int row = (target * BinCount + BinOf(target, predictions[target])) * levelCount * 2;
            for (int level = 0; level < levelCount; level++)
            {
                double low = prediction - double.CreateTruncating(Multipliers[row + 2 * level]) * below,
                    high = prediction + double.CreateTruncating(Multipliers[row + 2 * level + 1]) * above;
                lower[target * levelCount + level] = Bound(target, T.CreateTruncating(low));
                upper[target * levelCount + level] = Bound(target, T.CreateTruncating(high));
            }
        }
    }

    // Two comparisons, both false for NaN.
    private T Bound(int target, T value) =>
        value < Minima[target] ? Minima[target] : value > Maxima[target] ? Maxima[target] : value;
}
