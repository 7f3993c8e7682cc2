using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns how to bring numbers to a common scale.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHost _host;
    private readonly NormalizerColumn[] _columns;

    internal NormalizingEstimator(IHostEnvironment env, NormalizerColumn[] columns)
    {
        _host = env.Register(nameof(NormalizingEstimator));
        _columns = columns;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return NormalizingTransformer.Train(_host, input, _columns);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.WithColumns(_host, _columns.Select(column => (column.Output, column.Input)), (output, source) =>
        {
            CheckType(source, nameof(inputSchema));
            var annotations = new SchemaShape(
                [AnnotationShapes.IsNormalized, .. source.FindAnnotation(AnnotationKinds.SlotNames)]);
            return new SchemaShape.Column(output, source.Kind, source.ItemType, source.IsKey, annotations);
        });

    private void CheckType(SchemaShape.Column source, string parameterName)
    {
        if (source.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw _host.ExceptSchemaMismatch(parameterName, "input", source.Name, "known-size vector or scalar", source.GetTypeString());
        if (!source.ItemType.Equals(NumberDataViewType.Single) && !source.ItemType.Equals(NumberDataViewType.Double))
        {
            throw _host.ExceptSchemaMismatch(
                parameterName, "input", source.Name, "vector or scalar of Single or Double", source.GetTypeString());
        }
    }
}
