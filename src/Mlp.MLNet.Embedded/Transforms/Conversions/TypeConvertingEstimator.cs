using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type of value.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(IHostEnvironment env, (string, string)[] columns, DataKind outputKind)
        : base(env.Register(nameof(TypeConvertingEstimator)), new TypeConvertingTransformer(env, columns, outputKind))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.WithColumns(Host, Transformer.ColumnPairs, (output, source) =>
        {
            PrimitiveDataViewType type = DataViewTypes.PrimitiveType(Transformer.OutputKind);
            if (!Conversions.Exists(source.ItemType, type))
                throw Host.ExceptParam(nameof(inputSchema), $"Don't know how to convert {source.Name} into {type}");

            // ML.NET promises all annotations of the source, also those that the transformer does not keep.
            return new SchemaShape.Column(output, source.Kind, type, false, source.Annotations);
        });
}
