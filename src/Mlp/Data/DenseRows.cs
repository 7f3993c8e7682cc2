using System.Numerics;
using Mlp.Data;
using Mlp.Numerics;

namespace Mlp;

/// <summary>Rows in memory, row-major.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DenseRows<T> : IRowSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T> _features, _targets, _exampleWeights;

    /// <summary>Wraps rows; they are not copied and must not change during training.</summary>
    /// <param name="features">Row-major, rowCount x <paramref name="inputCount"/>.</param>
    /// <param name="targets">Row-major, rowCount x <paramref name="targetCount"/>.</param>
    /// <param name="inputCount">Features of a row, at least 1.</param>
    /// <param name="targetCount">Targets of a row, at least 1.</param>
    /// <param name="exampleWeights">One per row, finite and at least 0; empty for 1 everywhere.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a weight is negative or not finite.</exception>
    public DenseRows(
        ReadOnlyMemory<T> features, ReadOnlyMemory<T> targets, int inputCount, int targetCount = 1,
        ReadOnlyMemory<T> exampleWeights = default)
    {
        RangeCheck.AtLeast(1, inputCount);
        RangeCheck.AtLeast(1, targetCount);
        RowCount = features.Length / inputCount;
        if ((long)RowCount * inputCount != features.Length)
            throw new ArgumentException(
                $"features holds {features.Length} values, which rows of {inputCount} inputs do not fill.", nameof(features));
        if ((long)RowCount * targetCount != targets.Length)
        {
            throw new ArgumentException(
                $"targets holds {targets.Length} values; {RowCount} rows with {targetCount} targets need {(long)RowCount * targetCount}.",
                nameof(targets));
        }
        if (!exampleWeights.IsEmpty && exampleWeights.Length != RowCount)
            throw new ArgumentException($"There are {exampleWeights.Length} example weights for {RowCount} rows.", nameof(exampleWeights));
        for (int row = 0; row < exampleWeights.Length; row++)
        {
            T weight = exampleWeights.Span[row];
            if (!T.IsFinite(weight) || weight < T.Zero)
                throw new ArgumentException(
                    $"The example weight of row {row} is {weight}; it must be finite and at least 0.", nameof(exampleWeights));
        }
        (_features, _targets, _exampleWeights) = (features, targets, exampleWeights);
        (InputCount, TargetCount) = (inputCount, targetCount);
    }

    /// <inheritdoc/>
    public int RowCount { get; }

    /// <inheritdoc/>
    public int InputCount { get; }

    /// <inheritdoc/>
    public int TargetCount { get; }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights)
    {
        ReadOnlySpan<T> features = _features.Span, allTargets = _targets.Span;
        for (int row = 0; row < rowIndices.Length; row++)
        {
            int source = rowIndices[row];
            if (row + 1 < rowIndices.Length)
                RowCopy.Prefetch(features.Slice(rowIndices[row + 1] * InputCount, InputCount));
            RowCopy.Copy(features.Slice(source * InputCount, InputCount), inputs.Slice(row * InputCount, InputCount));
            RowCopy.Copy(allTargets.Slice(source * TargetCount, TargetCount), targets.Slice(row * TargetCount, TargetCount));
        }
        ReadExampleWeights(rowIndices, exampleWeights);
    }

    /// <inheritdoc/>
    public void ReadExampleWeights(ReadOnlySpan<int> rowIndices, Span<T> exampleWeights)
    {
        ReadOnlySpan<T> weights = _exampleWeights.Span;
        if (weights.IsEmpty)
        {
            exampleWeights.Fill(T.One);
            return;
        }
        for (int row = 0; row < rowIndices.Length; row++)
            exampleWeights[row] = weights[rowIndices[row]];
    }
}
