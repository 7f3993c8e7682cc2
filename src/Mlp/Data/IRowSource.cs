using System.Numerics;

namespace Mlp;

/// <summary>Where the training rows come from. Training asks for batches and knows nothing of where rows live.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IRowSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of rows.</summary>
    int RowCount { get; }

    /// <summary>Features of a row.</summary>
    int InputCount { get; }

    /// <summary>Targets of a row.</summary>
    int TargetCount { get; }

    /// <summary>Copies rows into a batch.</summary>
    /// <param name="rowIndices">Zero-based, in any order.</param>
    /// <param name="inputs">Row-major, rowIndices.Length x <see cref="InputCount"/>; overwritten.</param>
    /// <param name="targets">Row-major, rowIndices.Length x <see cref="TargetCount"/>; overwritten.</param>
    /// <param name="exampleWeights">One per row, at least 0; overwritten. 1 for rows without a weight.</param>
    void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights);

    /// <summary>Copies the example weights alone: rows of weight 0 are left out before anybody looks at what they hold. Unless a source
    /// does better, it reads the whole rows for them.</summary>
    /// <param name="rowIndices">Zero-based, in any order.</param>
    /// <param name="exampleWeights">As for <see cref="Read"/>.</param>
    void ReadExampleWeights(ReadOnlySpan<int> rowIndices, Span<T> exampleWeights) =>
        Read(rowIndices, new T[rowIndices.Length * InputCount], new T[rowIndices.Length * TargetCount], exampleWeights);
}
