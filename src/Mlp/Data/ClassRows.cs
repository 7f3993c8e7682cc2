using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp;

/// <summary>Rows in memory whose target is a class: it reads as a vector with 1 at the class and 0 elsewhere.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ClassRows<T> : IFeatureRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Its one target is the class.
    private readonly IRowSource<T> _rows;

    /// <summary>Wraps rows; they are not copied and must not change during training.</summary>
    /// <param name="features">Row-major, rowCount x <paramref name="inputCount"/>.</param>
    /// <param name="classIndices">One per row, 0 to <paramref name="classCount"/> − 1 where the row weighs something.</param>
    /// <param name="inputCount">Features of a row, at least 1.</param>
    /// <param name="classCount">Classes there are: targets of a row.</param>
    /// <param name="exampleWeights">One per row, finite and at least 0; empty for 1 everywhere.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a class or weight is out of range.</exception>
    public ClassRows(
        ReadOnlyMemory<T> features, ReadOnlyMemory<int> classIndices, int inputCount, int classCount,
            ReadOnlyMemory<T> exampleWeights = default)
    {
        RangeCheck.AtLeast(1, inputCount);
        RangeCheck.AtLeast(1, classCount);
        if ((long)classIndices.Length * inputCount != features.Length)
        {
            throw new ArgumentException(
                $"features holds {features.Length} values; {classIndices.Length} rows with {inputCount} inputs need "
                    + $"{(long)classIndices.Length * inputCount}.", nameof(features));
        }
        if (!exampleWeights.IsEmpty && exampleWeights.Length != classIndices.Length)
            throw new ArgumentException(
                $"There are {exampleWeights.Length} example weights for {classIndices.Length} rows.", nameof(exampleWeights));
        var classes = new T[classIndices.Length];
        for (int row = 0; row < classes.Length; row++)
        {
            int classIndex = classIndices.Span[row];
            if ((classIndex < 0 || classIndex >= classCount) && (exampleWeights.IsEmpty || exampleWeights.Span[row] != T.Zero))
            {
                throw new ArgumentException(
                    $"The class of row {row} is {classIndex}; it must be 0 to {classCount - 1}.", nameof(classIndices));
            }
            classes[row] = T.CreateTruncating(classIndex);
        }
        _rows = new DenseRows<T>(features, classes, inputCount, targetCount: 1, exampleWeights);
        TargetCount = classCount;
    }

    /// <summary>Wraps rows whose one target is a class.</summary>
    /// <param name="rows">Each target is 0, 1, … or <paramref name="classCount"/> − 1.</param>
    /// <param name="classCount">Classes there are: targets of a row.</param>
    /// <exception cref="ArgumentException">The rows have not one target each.</exception>
    public ClassRows(IRowSource<T> rows, int classCount)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RangeCheck.AtLeast(1, classCount);
        if (rows.TargetCount != 1)
            throw new ArgumentException($"The rows have {rows.TargetCount} targets; a class is one.", nameof(rows));
        (_rows, TargetCount) = (rows, classCount);
    }

    /// <inheritdoc/>
    public int RowCount => _rows.RowCount;

    /// <inheritdoc/>
    public int InputCount => _rows.InputCount;

    /// <inheritdoc/>
    public int TargetCount { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The target of a row is no class.</exception>
    public void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights)
    {
        _rows.Read(rowIndices, inputs, targets[..rowIndices.Length], exampleWeights);
        Widen(rowIndices, targets);
    }

    InputDescription IFeatureRows<T>.Inputs => FeatureRows.InputsOf(_rows);

    void IFeatureRows<T>.Read(ReadOnlySpan<int> rowIndices, FeatureBatch<T> features, Span<T> targets, Span<T> exampleWeights)
    {
        FeatureRows.Read(_rows, rowIndices, features, targets[..rowIndices.Length], exampleWeights);
        Widen(rowIndices, targets);
    }

    /// <inheritdoc/>
    public void ReadExampleWeights(ReadOnlySpan<int> rowIndices, Span<T> exampleWeights) =>
        _rows.ReadExampleWeights(rowIndices, exampleWeights);

    /// <summary>Makes a vector of each class.</summary>
    private void Widen(ReadOnlySpan<int> rowIndices, Span<T> targets)
    {
        // The classes are at the front of where their vectors go, so the last row is first.
        for (int row = rowIndices.Length - 1; row >= 0; row--)
        {
            T target = targets[row];
            if (!(target >= T.Zero && target < T.CreateTruncating(TargetCount)))
            {
                throw new InvalidOperationException(
                    $"The class of row {rowIndices[row]} is {target}; it must be 0 to {TargetCount - 1}.");
            }
            Span<T> vector = targets.Slice(row * TargetCount, TargetCount);
            vector.Clear();
            vector[int.CreateTruncating(target)] = T.One;
        }
    }
}
