using System.Numerics;

namespace Mlp;

/// <summary>Rows in memory whose target is a class: it reads as a vector with 1 at the class and 0 elsewhere.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ClassRows<T> : IRowSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T> _features, _exampleWeights;
    private readonly ReadOnlyMemory<int> _classIndices;

    /// <summary>Wraps rows; they are not copied and must not change during training.</summary>
    /// <param name="features">Row-major, rowCount x <paramref name="inputs"/>.</param>
    /// <param name="classIndices">One per row, 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="inputs">Features of a row, at least 1.</param>
    /// <param name="classCount">Classes there are: targets of a row.</param>
    /// <param name="exampleWeights">One per row, finite and at least 0; empty for 1 everywhere.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a class or weight is out of range.</exception>
    public ClassRows(
        ReadOnlyMemory<T> features, ReadOnlyMemory<int> classIndices, int inputs, int classCount, ReadOnlyMemory<T> exampleWeights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        RowCount = classIndices.Length;
        if ((long)RowCount * inputs != features.Length)
        {
            throw new ArgumentException(
                $"features holds {features.Length} values; {RowCount} rows with {inputs} inputs need {(long)RowCount * inputs}.", nameof(features));
        }
        if (!exampleWeights.IsEmpty && exampleWeights.Length != RowCount)
            throw new ArgumentException($"There are {exampleWeights.Length} example weights for {RowCount} rows.", nameof(exampleWeights));
        for (int row = 0; row < RowCount; row++)
        {
            int classIndex = classIndices.Span[row];
            if (classIndex < 0 || classIndex >= classCount)
            {
                throw new ArgumentException(
                    $"The class of row {row} is {classIndex}; it must be 0 to {classCount - 1}.", nameof(classIndices));
            }
            if (!exampleWeights.IsEmpty && !(T.IsFinite(exampleWeights.Span[row]) && exampleWeights.Span[row] >= T.Zero))
            {
                throw new ArgumentException(
                    $"The example weight of row {row} is {exampleWeights.Span[row]}; it must be finite and at least 0.", nameof(exampleWeights));
            }
        }
        (_features, _classIndices, _exampleWeights) = (features, classIndices, exampleWeights);
        (InputCount, TargetCount) = (inputs, classCount);
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
        ReadOnlySpan<T> features = _features.Span, weights = _exampleWeights.Span;
        ReadOnlySpan<int> classIndices = _classIndices.Span;
        targets[..(rowIndices.Length * TargetCount)].Clear();
        for (int row = 0; row < rowIndices.Length; row++)
        {
            int source = rowIndices[row];
            features.Slice(source * InputCount, InputCount).CopyTo(inputs[(row * InputCount)..]);
            targets[row * TargetCount + classIndices[source]] = T.One;
            exampleWeights[row] = weights.IsEmpty ? T.One : weights[source];
        }
    }
}
