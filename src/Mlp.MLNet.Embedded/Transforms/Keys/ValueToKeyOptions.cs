namespace Microsoft.ML.Transforms;

/// <summary>How the keys of columns are made.</summary>
/// <param name="MaximumNumberOfKeys">Values beyond this many become missing.</param>
/// <param name="Ordinality">In which order values are numbered.</param>
/// <param name="AsText">Whether the values are annotated as text whatever their type.</param>
/// <param name="KeyData">The values, in a single column, where they are not to be collected from the data.</param>
internal sealed record ValueToKeyOptions(
    int MaximumNumberOfKeys,
    ValueToKeyMappingEstimator.KeyOrdinality Ordinality,
    bool AsText,
    IDataView? KeyData);
