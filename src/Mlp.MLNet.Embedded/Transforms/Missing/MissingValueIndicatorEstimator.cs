using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Says of each value whether it is missing.</summary>
public sealed class MissingValueIndicatorEstimator : TrivialEstimator<MissingValueIndicatorTransformer>
{
    internal MissingValueIndicatorEstimator(IHostEnvironment env, (string, string)[] columns)
        : base(env.Register(nameof(MissingValueIndicatorTransformer)), new MissingValueIndicatorTransformer(env, columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in Transformer.ColumnPairs)
        {
            SchemaShape.Column source = inputSchema.GetInputColumn(Host, input);
            if (!MissingValueIndicatorTransformer.HasMissingValue(source.ItemType))
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", input);
            var annotations = new SchemaShape([.. source.FindAnnotation(AnnotationKinds.SlotNames), AnnotationShapes.IsNormalized]);
            columns[output] = new SchemaShape.Column(output, source.Kind, BooleanDataViewType.Instance, false, annotations);
        }

        return new SchemaShape(columns.Values);
    }
}
