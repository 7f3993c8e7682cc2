using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Look-ups in a promised schema.</summary>
internal static class SchemaShapeExtensions
{
    public static SchemaShape.Column GetInputColumn(this SchemaShape inputSchema, IHost host, string name)
        => inputSchema.TryFindColumn(name, out SchemaShape.Column column)
            ? column
            : throw host.ExceptSchemaMismatch(nameof(inputSchema), "input", name);

    /// <summary>The annotation of that kind as a list of one, or an empty list.</summary>
    public static IEnumerable<SchemaShape.Column> FindAnnotation(this SchemaShape.Column column, string kind)
        => column.Annotations.TryFindColumn(kind, out SchemaShape.Column found) ? [found] : [];

    public static bool PromisesNormalized(this SchemaShape.Column column)
        => column.FindAnnotation(AnnotationKinds.IsNormalized).Any(annotation
            => annotation.Kind == SchemaShape.Column.VectorKind.Scalar
                && !annotation.IsKey
                && annotation.ItemType is BooleanDataViewType);

    public static bool PromisesSlotNames(this SchemaShape.Column column)
        => column.Kind == SchemaShape.Column.VectorKind.Vector
            && column.FindAnnotation(AnnotationKinds.SlotNames).Any(annotation
                => annotation.Kind == SchemaShape.Column.VectorKind.Vector
                    && !annotation.IsKey
                    && annotation.ItemType is TextDataViewType);

    public static bool PromisesCategoricalRanges(this SchemaShape.Column column)
        => column.FindAnnotation(AnnotationKinds.CategoricalSlotRanges).Any(annotation
            => annotation.Kind == SchemaShape.Column.VectorKind.Vector && annotation.ItemType == NumberDataViewType.Int32);
}
