using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into vectors that are 1 at the key's place and 0 elsewhere.</summary>
public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    internal KeyToVectorMappingEstimator(IHostEnvironment env, (string, string)[] columns, bool outputCountVector)
        : base(env.Register(nameof(KeyToVectorMappingEstimator)), new KeyToVectorMappingTransformer(env, columns, outputCountVector))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.WithColumns(Host, Transformer.ColumnPairs, (output, source) =>
        {
            VectorKind kind = source.Kind == VectorKind.VariableVector && !Transformer.OutputCountVector
                ? VectorKind.VariableVector
                : VectorKind.Vector;
            var annotations = new SchemaShape(GetAnnotations(source));
            return new SchemaShape.Column(output, kind, NumberDataViewType.Single, false, annotations);
        });

    private IEnumerable<SchemaShape.Column> GetAnnotations(SchemaShape.Column source)
    {
        bool isCount = Transformer.OutputCountVector;
        bool isVariable = source.Kind == VectorKind.VariableVector;
        bool hasNames = source.FindAnnotation(AnnotationKinds.KeyValues).Any(values => values.ItemType is TextDataViewType);
        if (hasNames && ((isCount && source.IsKey) || !isVariable))
            yield return AnnotationShapes.SlotNames;
        if (!isCount && !isVariable)
            yield return AnnotationShapes.CategoricalSlotRanges;
        if (!isCount || source.Kind == VectorKind.Scalar)
            yield return AnnotationShapes.IsNormalized;
    }
}
