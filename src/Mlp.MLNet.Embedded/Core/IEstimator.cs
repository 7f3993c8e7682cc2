namespace Microsoft.ML;

/// <summary>Learns a transformer from data.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    TTransformer Fit(IDataView input);

    /// <summary>What the transformer will make of such columns; throws when it could not take them.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
