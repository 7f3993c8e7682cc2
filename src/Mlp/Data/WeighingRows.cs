using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Data;

/// <summary>The rows that weigh something: one of weight 0 is as if absent, whatever it holds.</summary>
internal static class WeighingRows
{
    /// <summary>The source itself when every row weighs something.</summary>
    /// <param name="rows">Only their weights are looked at.</param>
    /// <param name="purpose">Of the rows, for the message: "training".</param>
    /// <param name="checkCancellation">Called before every portion of rows; what it throws ends the work. Null for nothing.</param>
    /// <exception cref="InvalidOperationException">There are rows, and all weigh 0.</exception>
    public static IRowSource<T> Of<T>(IRowSource<T> rows, string purpose, Action? checkCancellation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Find(rows, purpose, checkCancellation) is { } found ? new SelectedRows<T>(rows, found) : rows;

    /// <summary>The indices of the rows; null when every row weighs something.</summary>
    /// <inheritdoc cref="Of{T}(IRowSource{T}, string, Action)"/>
    public static int[]? Find<T>(IRowSource<T> rows, string purpose, Action? checkCancellation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows is IStreamedRows<T>)
            return null;
        int portion = Math.Min(Limits.PortionRowCount, rows.RowCount);
        var indices = new int[portion];
        var weights = new T[portion];
        List<int>? found = null;
        for (int start = 0; start < rows.RowCount; start += portion)
        {
            checkCancellation?.Invoke();
            int count = Math.Min(portion, rows.RowCount - start);
            for (int index = 0; index < count; index++)
                indices[index] = start + index;
            rows.ReadExampleWeights(indices.AsSpan(0, count), weights.AsSpan(0, count));
            if (found is null && !weights.AsSpan(0, count).Contains(T.Zero))
                continue;
            found ??= [.. Enumerable.Range(0, start)];
            for (int index = 0; index < count; index++)
            {
                if (weights[index] != T.Zero)
                    found.Add(start + index);
            }
        }
        return found is not { Count: 0 }
            ? found?.ToArray() : throw new InvalidOperationException(
                $"All {rows.RowCount:N0} {purpose} rows weigh 0, by their example weights or those of their classes; at least one row "
                    + "needs a positive weight. Correct the weights.");
    }

    /// <summary>Rows and weights themselves when every row weighs something, otherwise copies without those of weight 0.</summary>
    /// <param name="rows">Any number.</param>
    /// <param name="exampleWeights">As many rows of one value; null for 1 everywhere.</param>
    /// <exception cref="ArgumentException">The weights are no such rows, one is negative or not finite, or there are rows and all weigh
    /// 0.</exception>
    public static (RowBlocks<T> Rows, RowBlocks<T>? ExampleWeights) Of<T>(RowBlocks<T> rows, RowBlocks<T>? exampleWeights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (exampleWeights is null)
            return (rows, null);
        if (exampleWeights.RowCount != rows.RowCount || exampleWeights.RowLength != 1)
        {
            throw new ArgumentException(
                $"There are {exampleWeights.RowCount} x {exampleWeights.RowLength} example weights for {rows.RowCount} rows; each "
                    + "row needs one.", nameof(exampleWeights));
        }
        int count = 0;
        for (int row = 0; row < rows.RowCount; row++)
        {
            T weight = exampleWeights[row][0];
            if (!T.IsFinite(weight) || weight < T.Zero)
                throw new ArgumentException(
                    $"The example weight of row {row} is {weight}; it must be finite and at least 0.", nameof(exampleWeights));
            count += weight == T.Zero ? 0 : 1;
        }
        if (count == rows.RowCount)
            return (rows, exampleWeights);
        if (count == 0)
            throw new ArgumentException(
                $"All {rows.RowCount} rows weigh 0; at least one row needs a positive weight.", nameof(exampleWeights));
        (RowBlocks<T> found, RowBlocks<T> weights) = (new(rows.RowLength, count), new(1, count));
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (exampleWeights[row][0] == T.Zero)
                continue;
            rows[row].CopyTo(found.Add());
            exampleWeights[row].CopyTo(weights.Add());
        }
        return (found, weights);
    }
}
