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
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in Transformer.ColumnPairs)
        {
            SchemaShape.Column source = inputSchema.GetInputColumn(Host, input);
            VectorKind kind = source.Kind == VectorKind.VariableVector && !Transformer.OutputCountVector
                ? VectorKind.VariableVector
                : VectorKind.Vector;
            var annotations = new SchemaShape(GetAnnotations(source));
            columns[output] = new SchemaShape.Column(output, kind, NumberDataViewType.Single, false, annotations);
        }

        return new SchemaShape(columns.Values);
    }

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
