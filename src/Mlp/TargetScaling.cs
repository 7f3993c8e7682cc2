using System.Numerics;

namespace Mlp;

/// <summary>Standardises targets for training, and folds the scaling into a trained network so that its outputs are in the targets' unit.</summary>
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

    /// <summary>What differences of targets were divided by, one value per target, in its unit.</summary>
    internal ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>The scaling to mean 0 and standard deviation 1 of every target (population formula).</summary>
    /// <param name="targets">Row-major, rowCount x targetCount; all finite, at least one row.</param>
    /// <param name="targetCount">Targets of a row, at least 1.</param>
    /// <param name="centered">Whether the mean is taken off: only a network whose last layer has biases can give it back.</param>
    /// <remarks>A constant target is only shifted. In double, first row first.</remarks>
    public static TargetScaling<T> Standardize(ReadOnlySpan<T> targets, int targetCount, bool centered = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targetCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targets.Length, targetCount, nameof(targets));
        return Standardize(ColumnStatistics.Compute(targets, targetCount), centered);
    }

    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, bool)" path="/summary"/>
    /// <param name="targets">All finite, at least one row.</param>
    /// <param name="centered">Whether the mean is taken off: only a network whose last layer has biases can give it back.</param>
    /// <inheritdoc cref="Standardize(ReadOnlySpan{T}, int, bool)" path="/remarks"/>
    public static TargetScaling<T> Standardize(RowBlocks<T> targets, bool centered = true)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targets.RowCount, 1, nameof(targets));
        return Standardize(ColumnStatistics.Compute(targets), centered);
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

    /// <summary>Changes the last layer so that it gives o · deviation + offset where it gave o.</summary>
    /// <param name="network">Its last layer has no activation, and biases unless the targets were not centred.</param>
    /// <exception cref="InvalidOperationException">The last layer cannot take the scaling in, or its parameters would be too large for
    /// <typeparamref name="T"/>.</exception>
    public void FoldInto(Network<T> network) =>
        Change(network, (weight, target) => weight * _deviations[target], (bias, target) => bias * _deviations[target] + _offsets[target]);

    /// <summary>The opposite of <see cref="FoldInto"/>: makes a trained network a start for training on scaled targets.</summary>
    /// <param name="network">As there.</param>
    /// <exception cref="InvalidOperationException">The last layer cannot take the scaling out.</exception>
    public void UnfoldFrom(Network<T> network) =>
        Change(network, (weight, target) => weight / _deviations[target], (bias, target) => (bias - _offsets[target]) / _deviations[target]);

    private static TargetScaling<T> Standardize((double[] Means, double[] Deviations) statistics, bool centered)
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

    private void CheckFinite(DenseLayer<T> last)
    {
        for (int target = 0; target < last.UnitCount; target++)
        {
            bool isFinite = last.Biases.IsEmpty || T.IsFinite(last.Biases[target]);
            foreach (T weight in last.Weights.Slice(target * last.InputCount, last.InputCount))
                isFinite &= T.IsFinite(weight);
            if (!isFinite)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The last layer's parameters for target {target}, times or divided by the targets' standard deviation {_deviations[target]}, are too large for {typeof(T).Name}. Multiply the targets by a constant that brings them near 1."));
            }
        }
    }

    private void Change(Network<T> network, Func<double, int, double> changeWeight, Func<double, int, double> changeBias)
    {
        DenseLayer<T> last = network.Layers[^1];
        if (last.Activation != Activation.Identity || last.UnitCount != _offsets.Length)
        {
            throw new InvalidOperationException(
                $"The last layer has {last.UnitCount} units with activation {last.Activation}; target scaling needs {_offsets.Length} with Identity.");
        }
        if (last.BiasTensor is null && _offsets.Any(offset => offset != 0))
            throw new InvalidOperationException("The last layer has no biases and so cannot shift its outputs; scale the targets without centring them.");
        Span<T> weights = last.Weights, biases = last.Biases;
        for (int index = 0; index < weights.Length; index++)
            weights[index] = T.CreateTruncating(changeWeight(double.CreateTruncating(weights[index]), index / last.InputCount));
        for (int index = 0; index < biases.Length; index++)
            biases[index] = T.CreateTruncating(changeBias(double.CreateTruncating(biases[index]), index));
        CheckFinite(last);
    }
}
