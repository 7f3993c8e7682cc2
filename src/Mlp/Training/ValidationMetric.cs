using System.Numerics;
using Mlp.Data;
using Mlp.Losses;

namespace Mlp.Training;

/// <summary>A number for people beside the loss: accuracy where targets are classes, the root mean squared error otherwise.</summary>
internal sealed class ValidationMetric<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Loss _loss;
    private readonly int _targetCount;
    private readonly bool _hasOneClass;
    private readonly double[] _deviations;
    private T[] _linked = [];
    private double _sum, _weightSum;

    /// <param name="rows">Rows of one class each are right when its output is the largest.</param>
    /// <param name="loss">Tells whether other targets are classes, and gives the link.</param>
    /// <param name="targetScaling">What the targets were scaled with: errors are in the unit from before. Null for no scaling.</param>
    public ValidationMetric(IRowSource<T> rows, Loss loss, TargetScaling<T>? targetScaling)
    {
        (_loss, _targetCount) = (loss, rows.TargetCount);
        _hasOneClass = loss.IsSoftmax || (AreClasses(rows) && rows.TargetCount > 1);
        _deviations = targetScaling is null ? [.. Enumerable.Repeat(1.0, rows.TargetCount)] : [.. targetScaling.Deviations];
    }

    public double Value => _weightSum == 0 ? double.NaN : HasClasses ? _sum / _weightSum : Math.Sqrt(_sum / _weightSum);

    private bool HasClasses => _hasOneClass || _loss.HasClassTargets;

    /// <summary>What <see cref="Value"/> is made of.</summary>
    public (double Sum, double WeightSum) Sums { get => (_sum, _weightSum); set => (_sum, _weightSum) = value; }

    public void Clear() => (_sum, _weightSum) = (0, 0);

    public void Add(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> exampleWeights)
    {
        if (!HasClasses)
        {
            Array.Resize(ref _linked, outputs.Length);
            outputs.CopyTo(_linked);
            _loss.Link.Apply<T>(_linked, _targetCount);
            outputs = _linked;
        }
        for (int row = 0; row < exampleWeights.Length; row++)
        {
            double weight = double.CreateTruncating(exampleWeights[row]);
            ReadOnlySpan<T> rowOutputs = outputs.Slice(row * _targetCount, _targetCount);
            ReadOnlySpan<T> rowTargets = targets.Slice(row * _targetCount, _targetCount);
            // A row of weight 0 is not there: 0 · ∞ must not make the sum NaN.
            if (weight > 0)
                _sum += weight * ValueOf(rowOutputs, rowTargets);
            _weightSum += weight;
        }
    }

    private static bool AreClasses(IRowSource<T> rows) =>
        rows is SelectedRows<T> selected ? AreClasses(selected.Source) : rows is ClassRows<T> or IStreamedRows<T> { HasOneClass: true };

    private static double Hit(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) => IndexOfMax(outputs) == IndexOfMax(targets) ? 1 : 0;

    private static double HitShare(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
    {
        T half = T.CreateTruncating(0.5);
        int hits = 0;
        for (int index = 0; index < targets.Length; index++)
            hits += (outputs[index] > T.Zero) == (targets[index] > half) ? 1 : 0;
        return hits / (double)targets.Length;
    }

    private static int IndexOfMax(ReadOnlySpan<T> values)
    {
        int best = 0;
        for (int index = 1; index < values.Length; index++)
            best = values[index] > values[best] ? index : best;
        return best;
    }

    private double ValueOf(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) =>
        _hasOneClass ? Hit(outputs, targets) : HasClasses ? HitShare(outputs, targets) : SquaredError(outputs, targets);

    private double SquaredError(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
    {
        double sum = 0;
        for (int index = 0; index < targets.Length; index++)
        {
            double difference = (double.CreateTruncating(outputs[index]) - double.CreateTruncating(targets[index])) * _deviations[index];
            sum += difference * difference;
        }
        return sum / targets.Length;
    }
}
