using System.Numerics;
using Mlp.Data;

namespace Mlp;

/// <summary>The least and the largest value of each target in training. A network asked about the unknown can go far beyond.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TargetRange<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _minima, _maxima;

    /// <summary>Given bounds.</summary>
    /// <param name="minima">One finite value per target.</param>
    /// <param name="maxima">One finite value per target, none below its minimum.</param>
    /// <exception cref="ArgumentException">The lengths differ, a bound is not finite, or two are the wrong way round.</exception>
    public TargetRange(ReadOnlySpan<T> minima, ReadOnlySpan<T> maxima)
    {
        if (minima.Length != maxima.Length)
            throw new ArgumentException(
                $"There are {minima.Length} minima and {maxima.Length} maxima; each target needs one of both.", nameof(maxima));
        for (int target = 0; target < minima.Length; target++)
        {
            if (!(T.IsFinite(minima[target]) && T.IsFinite(maxima[target]) && minima[target] <= maxima[target]))
            {
                throw new ArgumentException(
                    $"Target {target} ranges from {minima[target]} to {maxima[target]}; bounds must be finite and in this order.",
                    nameof(minima));
            }
        }
        (_minima, _maxima) = (minima.ToArray(), maxima.ToArray());
    }

    /// <summary>One value per target.</summary>
    public ReadOnlySpan<T> Minima => _minima;

    /// <summary>One value per target.</summary>
    public ReadOnlySpan<T> Maxima => _maxima;

    /// <summary>The range of the given rows.</summary>
    /// <param name="targets">All finite, at least one row.</param>
    /// <param name="exampleWeights">As many rows of one value, finite and at least 0, not all 0; null for 1 everywhere. A row of weight 0
    /// counts as if absent, whatever it holds.</param>
    /// <exception cref="ArgumentException">There is no row, or the example weights are others.</exception>
    public static TargetRange<T> Of(RowBlocks<T> targets, RowBlocks<T>? exampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targets.RowCount, 1, nameof(targets));
        (targets, _) = WeighingRows.Of(targets, exampleWeights);
        T[] minima = targets[0].ToArray(), maxima = targets[0].ToArray();
        for (int row = 1; row < targets.RowCount; row++)
        {
            Span<T> values = targets[row];
            for (int target = 0; target < values.Length; target++)
            {
                minima[target] = T.Min(minima[target], values[target]);
                maxima[target] = T.Max(maxima[target], values[target]);
            }
        }
        return new TargetRange<T>(minima, maxima);
    }

    /// <summary>Moves values that are outside to the nearest bound, in place; NaN stays.</summary>
    /// <param name="values">Row-major, rowCount x targets.</param>
    public void Apply(Span<T> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            int target = index % _minima.Length;
            // Two comparisons, both false for NaN.
            if (values[index] < _minima[target])
                values[index] = _minima[target];
            else if (values[index] > _maxima[target])
                values[index] = _maxima[target];
        }
    }
}
