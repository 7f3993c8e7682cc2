using System.Numerics;
using Mlp.Networks;

namespace Mlp.Data;

/// <summary>Rows in memory, as they were read: features, targets and weights in blocks.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RowTable<T> : IFeatureRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FeatureTable<T> _features;
    private readonly RowBlocks<T> _targets;
    private readonly RowBlocks<T>? _exampleWeights;

    /// <summary>Wraps rows; they are not copied and must not change during training.</summary>
    /// <param name="features">At least one value per row.</param>
    /// <param name="targets">As many rows.</param>
    /// <param name="exampleWeights">As many rows of one value, finite and at least 0; null for 1 everywhere.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or there is more than one weight per row.</exception>
    public RowTable(RowBlocks<T> features, RowBlocks<T> targets, RowBlocks<T>? exampleWeights = null)
        : this(new FeatureTable<T>(features), targets, exampleWeights)
    {
    }

    /// <inheritdoc cref="RowTable{T}(RowBlocks{T}, RowBlocks{T}, RowBlocks{T})"/>
    public RowTable(FeatureTable<T> features, RowBlocks<T> targets, RowBlocks<T>? exampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.RowCount != features.RowCount)
            throw new ArgumentException(
                $"There are targets of {targets.RowCount} rows for {features.RowCount} rows of features.", nameof(targets));
        if (exampleWeights is not null && (exampleWeights.RowCount != features.RowCount || exampleWeights.RowLength != 1))
        {
            throw new ArgumentException(
                $"There are {exampleWeights.RowCount} x {exampleWeights.RowLength} example weights for {features.RowCount} rows; each "
                    + "row needs one.", nameof(exampleWeights));
        }
        (_features, _targets, _exampleWeights) = (features, targets, exampleWeights);
    }

    /// <inheritdoc/>
    public int RowCount => _features.RowCount;

    /// <inheritdoc/>
    public int InputCount => _features.Inputs.NumberCount;

    public InputDescription Inputs => _features.Inputs;

    /// <inheritdoc/>
    public int TargetCount => _targets.RowLength;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights)
    {
        RowBlocks<T> numbers = _features.Numbers ?? throw new InvalidOperationException("The rows have no dense numbers.");
        for (int row = 0; row < rowIndices.Length; row++)
        {
            int source = rowIndices[row];
            if (row + 1 < rowIndices.Length)
                RowCopy.Prefetch<T>(numbers[rowIndices[row + 1]]);
            RowCopy.Copy(numbers[source], inputs.Slice(row * InputCount, InputCount));
            RowCopy.Copy(_targets[source], targets.Slice(row * TargetCount, TargetCount));
        }
        ReadExampleWeights(rowIndices, exampleWeights);
    }

    public void Read(ReadOnlySpan<int> rowIndices, FeatureBatch<T> features, Span<T> targets, Span<T> exampleWeights)
    {
        for (int row = 0; row < rowIndices.Length; row++)
        {
            _features.CopyTo(rowIndices[row], features);
            RowCopy.Copy(_targets[rowIndices[row]], targets.Slice(row * TargetCount, TargetCount));
        }
        ReadExampleWeights(rowIndices, exampleWeights);
    }

    /// <inheritdoc/>
    public void ReadExampleWeights(ReadOnlySpan<int> rowIndices, Span<T> exampleWeights)
    {
        if (_exampleWeights is null)
        {
            exampleWeights.Fill(T.One);
            return;
        }
        for (int row = 0; row < rowIndices.Length; row++)
            exampleWeights[row] = _exampleWeights[rowIndices[row]][0];
    }
}
