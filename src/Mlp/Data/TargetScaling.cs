using System.Numerics;
using Mlp.Data;
using Mlp.Numerics;

namespace Mlp;

/// <summary>Standardises targets for training, and folds the scaling into a trained network so that its outputs are in the targets'
/// unit.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TargetScaling<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _offsets, _deviations;

    private TargetScaling(double[] offsets, double[] deviations) => (_offsets, _deviations) = (offsets, deviations);

    /// <summary>
    /// The size up to which targets can be expected to be learnt: a network whose outputs are in their unit has weights and errors that
    /// are some times larger, and <typeparamref name="T"/> must hold them.
    /// </summary>
    public static T LargestTarget { get; } = T.BitDecrement(T.PositiveInfinity) / T.CreateTruncating(10_000);

    /// <summary>What was taken off the targets, one value per target, in its unit.</summary>
    internal ReadOnlySpan<double> Offsets => _offsets;

    /// <summary>What differences of targets were divided by, one value per target, in its unit.</summary>
    internal ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>The scaling to mean 0 and standard deviation 1 of every target (population formula).</summary>
    /// <param name="targets">Row-major, rowCount x targetCount; all finite, at least one row.</param>
    /// <param name="targetCount">Targets of a row, at least 1.</param>
    /// <param name="centered">Whether the mean is taken off; false for a network that is to have no constant part.</param>
    /// <param name="exampleWeights">One per row, finite and at least 0, not all 0; empty for 1 everywhere.</param>
    /// <remarks>
    /// A constant target is only shifted. In double, first row first. A row of weight 2 counts as if it were there twice, one of weight 0
    /// as if absent, whatever it holds.
    /// </remarks>
    /// <exception cref="ArgumentException">The example weights are others.</exception>
    public static TargetScaling<T> Standardize(
        ReadOnlySpan<T> targets, int targetCount, bool centered = true, ReadOnlySpan<T> exampleWeights = default)
    {
        RangeCheck.AtLeast(1, targetCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(targets.Length, targetCount, nameof(targets));
        return Standardize(ColumnStatistics.Compute(targets, targetCount, exampleWeights), centered);
    }

    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, bool, ReadOnlySpan{T})" path="/summary"/>
    /// <param name="targets">All finite, at least one row.</param>
    /// <param name="centered">Whether the mean is taken off; false for a network that is to have no constant part.</param>
    /// <param name="exampleWeights">As many rows of one value, finite and at least 0, not all 0; null for 1 everywhere.</param>
    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, bool, ReadOnlySpan{T})" path="/remarks"/>
    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, bool, ReadOnlySpan{T})" path="/exception"/>
    public static TargetScaling<T> Standardize(RowBlocks<T> targets, bool centered = true, RowBlocks<T>? exampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targets.RowCount, 1, nameof(targets));
        return Standardize(ColumnStatistics.Compute(targets, exampleWeights), centered);
    }

    /// <summary>Where the first target lies that is beyond ±<see cref="LargestTarget"/>; −1 when there is none.</summary>
    /// <param name="targets">In any layout.</param>
    public static int IndexOfTooLarge(ReadOnlySpan<T> targets)
    {
        for (int index = 0; index < targets.Length; index++)
        {
            if (T.Abs(targets[index]) > LargestTarget)
                return index;
        }
        return -1;
    }

    /// <summary>(y − offset) / deviation, in place.</summary>
    /// <param name="targets">Row-major, rowCount x targetCount.</param>
    public void Apply(Span<T> targets)
    {
        for (int index = 0; index < targets.Length; index++)
        {
            int target = index % _offsets.Length;
            targets[index] = T.CreateTruncating((double.CreateTruncating(targets[index]) - _offsets[target]) / _deviations[target]);
        }
    }

    /// <summary>Changes a network so that it gives o · deviation + offset where it gave o.</summary>
    /// <param name="network">Its last layer has no activation.</param>
    /// <remarks>The deviation goes into the last layer, the offset into <see cref="Network{T}.OutputOffsets"/>: as a bias it would take
    /// the digits of all that is added to it.</remarks>
    /// <exception cref="InvalidOperationException">The last layer cannot take the scaling in, or its parameters would be too large for
    /// <typeparamref name="T"/>.</exception>
    public void FoldInto(Network<T> network)
    {
        double[] before = OffsetsOf(network);
        Change(network, (weight, target) => weight * _deviations[target], (bias, target) => bias * _deviations[target]);
        SetOffsets(network, [.. before.Select((offset, target) => offset * _deviations[target] + _offsets[target])]);
    }

    /// <summary>The opposite of <see cref="FoldInto"/>: makes a trained network a start for training on scaled targets.</summary>
    /// <param name="network">As there.</param>
    /// <exception cref="InvalidOperationException">The last layer cannot take the scaling out.</exception>
    /// <remarks>What is left of the network's offset, next to nothing for targets like those of its training, goes into the last
    /// biases.</remarks>
    public void UnfoldFrom(Network<T> network)
    {
        double[] left = [.. OffsetsOf(network).Select((offset, target) => offset - _offsets[target])];
        Change(network, (weight, target) => weight / _deviations[target], (bias, target) => (bias + left[target]) / _deviations[target]);
        bool hasBiases = network.Layers[^1].BiasTensor is not null;
        SetOffsets(network, [.. left.Select((offset, target) => hasBiases ? 0 : offset / _deviations[target])]);
    }

    /// <summary>From means and deviations, one per target; overwritten.</summary>
    internal static TargetScaling<T> Standardize((double[] Means, double[] Deviations) statistics, bool centered)
    {
        (double[] means, double[] deviations) = statistics;
        for (int target = 0; target < means.Length; target++)
        {
            if (deviations[target] == 0)
                deviations[target] = 1;
            if (!centered)
                means[target] = 0;
        }
        return new TargetScaling<T>(means, deviations);
    }

    private static double[] OffsetsOf(Network<T> network) =>
        network.OutputOffsets.Count > 0 ? [.. network.OutputOffsets] : new double[network.OutputCount];

    private static void SetOffsets(Network<T> network, double[] offsets) =>
        network.OutputOffsets = offsets.AsSpan().ContainsAnyExcept(0) ? offsets : [];

    private void CheckFinite(DenseLayer<T> last)
    {
        for (int target = 0; target < last.UnitCount; target++)
        {
            bool isFinite = last.Biases.IsEmpty || T.IsFinite(last.Biases[target]);
            foreach (T weight in last.Weights.Slice(target * last.InputCount, last.InputCount))
                isFinite &= T.IsFinite(weight);
            if (!isFinite)
            {
                throw new InvalidOperationException(
                    $"The last layer's parameters for target {target}, times or divided by the targets' standard deviation "
                        + $"{_deviations[target]}, are too large for {typeof(T).Name}. Multiply the targets by a constant that brings "
                            + "them near 1.");
            }
        }
    }

    private void Change(Network<T> network, Func<double, int, double> changeWeight, Func<double, int, double> changeBias)
    {
        DenseLayer<T> last = network.Layers[^1];
        if (last.Activation != Activation.Identity || last.UnitCount != _offsets.Length)
        {
            throw new InvalidOperationException(
                $"The last layer has {last.UnitCount} units with activation {last.Activation}; target scaling needs {_offsets.Length} "
                    + "with Identity.");
        }
        Span<T> weights = last.Weights, biases = last.Biases;
        for (int index = 0; index < weights.Length; index++)
            weights[index] = T.CreateTruncating(changeWeight(double.CreateTruncating(weights[index]), index / last.InputCount));
        for (int index = 0; index < biases.Length; index++)
            biases[index] = T.CreateTruncating(changeBias(double.CreateTruncating(biases[index]), index));
        CheckFinite(last);
    }
}
