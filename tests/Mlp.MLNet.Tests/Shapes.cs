using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>ML.NET gives the shape of a schema to estimators only; this one catches it.</summary>
internal sealed class Shapes : IEstimator<ITransformer>
{
    private SchemaShape? _shape;

    public static SchemaShape Of(IDataView data)
    {
        var catcher = new Shapes();
        new EstimatorChain<ITransformer>().Append(catcher).Fit(data);
        return catcher._shape!;
    }

    public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _shape = inputSchema;
}
