using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the distinct values of columns, and numbers them.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly ValueToKeyOptions _options;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, ValueToKeyOptions options)
    {
        foreach ((string outputColumnName, _) in columns)
        {
            Contracts.CheckParam(
                !string.IsNullOrWhiteSpace(outputColumnName),
                nameof(outputColumnName),
                $"{nameof(outputColumnName)} cannot be null or white space");
        }

        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        _host.CheckNonEmpty(columns, nameof(columns));
        if (options.KeyData is { Schema.Count: not 1 })
        {
            throw _host.ExceptParam("keyData", "If specified, this data view should contain only a single column " +
                $"containing the terms to map, but this had {options.KeyData.Schema.Count} columns.");
        }

        _columns = columns;
        _options = options;
    }

    /// <summary>In which order values are numbered.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return ValueToKeyMappingTransformer.Train(_host, input, _columns, _options);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.WithColumns(_host, _columns, (output, source) =>
        {
            // The key of a key keeps that key's values, if it has any.
            SchemaShape.Column[] keyValues = [.. source.FindAnnotation(AnnotationKinds.KeyValues).Where(annotation
                => source.IsKey && annotation.Kind == SchemaShape.Column.VectorKind.Vector)];
            if (keyValues.Length == 0)
            {
                // Without them this throws when they are wanted as text, as in ML.NET: text cannot be a key.
                DataViewType itemType = _options.AsText ? TextDataViewType.Instance : source.ItemType;
                keyValues = [new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, itemType, source.IsKey)];
            }

            var annotations = new SchemaShape([.. source.FindAnnotation(AnnotationKinds.SlotNames), .. keyValues]);
            return new SchemaShape.Column(output, source.Kind, NumberDataViewType.UInt32, true, annotations);
        });
}
