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
        => inputSchema.WithColumns(Host, Transformer.ColumnPairs, (output, source) =>
        {
            if (!MissingValueIndicatorTransformer.HasMissingValue(source.ItemType))
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", source.Name);
            var annotations = new SchemaShape([.. source.FindAnnotation(AnnotationKinds.SlotNames), AnnotationShapes.IsNormalized]);
            return new SchemaShape.Column(output, source.Kind, BooleanDataViewType.Instance, false, annotations);
        });
}
