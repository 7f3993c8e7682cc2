namespace Mlp.Data.Stores;

/// <summary>Some rows in memory, on their way to disk.</summary>
/// <param name="Features">Of the rows.</param>
/// <param name="Targets">As many rows.</param>
/// <param name="ExampleWeights">As many rows of one value; null where rows have none.</param>
internal sealed record StoredPortion(FeatureTable<float> Features, RowBlocks<float> Targets, RowBlocks<float>? ExampleWeights)
{
    /// <summary>How its rows lie in blocks.</summary>
    public StoredRowLayout ToLayout() => new(
        Features.Inputs.NumberCount, Features.Inputs.Categories.Count, Features.Inputs.SparseCount, Targets.RowLength,
        ExampleWeights is not null);
}
