using System.Numerics;

namespace Mlp.Training.Ensembles;

/// <summary>What an ensemble said of rows that its networks were not trained on, each row once.</summary>
/// <param name="RowIndices">Of the training rows, zero-based; of the validation rows where there were some.</param>
/// <param name="Outputs">[rows x outputs], before the link: of the network that held the row out, or of the mean of all.</param>
/// <param name="Targets">[rows x outputs], as the networks were trained on them.</param>
/// <param name="ExampleWeights">One per row, positive.</param>
internal sealed record HeldOutRows<T>(int[] RowIndices, T[] Outputs, T[] Targets, T[] ExampleWeights)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int RowCount => RowIndices.Length;

    /// <summary>What the other networks say of the rows, which they were trained on; null where there are none, or the outputs are of the
    /// mean of all.</summary>
    public SeenPredictions? Seen { get; init; }

    /// <summary>Networks whose mean the model predicts.</summary>
    public int NetworkCount { get; init; } = 1;

    /// <summary>Puts the parts of several networks one after the other.</summary>
    public static HeldOutRows<T> Join(IReadOnlyList<HeldOutOutputs<T>> parts, IEnumerable<int> rowIndices) => new(
        [.. rowIndices], [.. parts.SelectMany(part => part.Outputs)], [.. parts.SelectMany(part => part.Targets)],
        [.. parts.SelectMany(part => part.ExampleWeights)]);
}
