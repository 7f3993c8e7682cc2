using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>The columns of the training data, checked.</summary>
/// <param name="Features">A vector of Single of known size, or Single.</param>
/// <param name="FeatureCount">Its slots; 1 for a single number.</param>
/// <param name="Label">Of a type the trainer can learn from.</param>
/// <param name="ExampleWeight">Single; null when all rows count the same.</param>
internal sealed record TrainingColumns(
    DataViewSchema.Column Features, int FeatureCount, DataViewSchema.Column Label, DataViewSchema.Column? ExampleWeight)
{
    /// <summary>All that a cursor has to read.</summary>
    public IEnumerable<DataViewSchema.Column> All => ExampleWeight is DataViewSchema.Column weight ? [Features, Label, weight] : [Features, Label];
}
