using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Look-ups in a promised schema.</summary>
internal static class SchemaShapeExtensions
{
    public static SchemaShape.Column GetInputColumn(this SchemaShape inputSchema, IHost host, string name)
        => inputSchema.TryFindColumn(name, out SchemaShape.Column column)
            ? column
            : throw host.ExceptSchemaMismatch(nameof(inputSchema), "input", name);

    /// <summary>The schema with a further column for each pair, or with another one in the place of that name.</summary>
    /// <param name="inputSchema">What the estimator is given.</param>
    /// <param name="host">Of the estimator.</param>
    /// <param name="pairs">Names of outputs and inputs.</param>
    /// <param name="makeColumn">The output column, given its name and the input column.</param>
    public static SchemaShape WithColumns(
        this SchemaShape inputSchema,
        IHost host,
        IEnumerable<(string Output, string Input)> pairs,
        Func<string, SchemaShape.Column, SchemaShape.Column> makeColumn)
    {
        host.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in pairs)
            columns[output] = makeColumn(output, inputSchema.GetInputColumn(host, input));
        return new SchemaShape(columns.Values);
    }

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
