using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into vectors of their binary digits.</summary>
public sealed class KeyToBinaryVectorMappingEstimator : TrivialEstimator<KeyToBinaryVectorMappingTransformer>
{
    internal KeyToBinaryVectorMappingEstimator(IHostEnvironment env, (string, string)[] columns)
        : base(env.Register(nameof(KeyToBinaryVectorMappingEstimator)), new KeyToBinaryVectorMappingTransformer(env, columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.WithColumns(Host, Transformer.ColumnPairs, (output, source) =>
        {
            var annotations = new List<SchemaShape.Column>();
            bool hasNames = source.FindAnnotation(AnnotationKinds.KeyValues).Any(values => values.ItemType is TextDataViewType);
            if (hasNames && source.Kind != VectorKind.VariableVector)
                annotations.Add(AnnotationShapes.SlotNames);
            if (source.Kind == VectorKind.Scalar)
                annotations.Add(AnnotationShapes.IsNormalized);
            VectorKind kind = source.Kind == VectorKind.VariableVector ? VectorKind.VariableVector : VectorKind.Vector;
            return new SchemaShape.Column(output, kind, NumberDataViewType.Single, false, new SchemaShape(annotations));
        });
}
