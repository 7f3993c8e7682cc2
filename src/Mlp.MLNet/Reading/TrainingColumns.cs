using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>The columns of the training data, checked.</summary>
/// <param name="Features">A vector of Single of known size, or Single.</param>
/// <param name="FeatureCount">Its slots; 1 for a single number.</param>
/// <param name="Label">Of a type the trainer can learn from.</param>
/// <param name="ExampleWeight">Single; null when all rows count the same.</param>
internal sealed record TrainingColumns(
    DataViewSchema.Column Features, int FeatureCount, DataViewSchema.Column Label, DataViewSchema.Column? ExampleWeight)
{
    /// <summary>Keys of at most as many values as an array can hold; categories beside the features.</summary>
    public IReadOnlyList<DataViewSchema.Column> Categories { get; init; } = [];

    // What may be read between two looks at the memory.
    private const int PortionBytes = 1 << 22;

    public bool IsFeatureVector => Features.Type is VectorDataViewType;

    /// <summary>Targets of a row: the slots of a label that is a vector, otherwise 1.</summary>
    public int TargetCount => Label.Type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>How many rows may be read until they are counted again: as many again, up to some MB.</summary>
    public int NextPortion(int rowCount) =>
        (int)Math.Clamp(rowCount, 1, Math.Max(1, PortionBytes / sizeof(float) / ((long)FeatureCount + TargetCount + Categories.Count)));

    /// <summary>All that a cursor has to read.</summary>
    public IEnumerable<DataViewSchema.Column> All =>
        ExampleWeight is DataViewSchema.Column weight ? [Features, Label, weight, .. Categories] : [Features, Label, .. Categories];
}
