namespace Microsoft.ML.Data;

/// <summary>Reads and makes the annotations that transforms pass on.</summary>
internal static class ColumnAnnotations
{
    /// <summary>A name for each slot of a vector of known size; all empty when the column has none.</summary>
    public static string[] GetSlotNamesOrEmpty(this DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = new(column.Type.GetVectorSize(), 0, null, null);
        if (column.HasSlotNames())
            column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>First and last slot of each categorical range; empty when there are none or they are not ascending ranges.</summary>
    public static int[] GetCategoricalRanges(this DataViewSchema.Column column)
    {
        const string Kind = AnnotationKinds.CategoricalSlotRanges;
        if (column.Type is not VectorDataViewType { Size: > 0 } type
            || column.Annotations.Schema.GetColumnOrNull(Kind)?.Type.RawType != typeof(VBuffer<int>))
            return [];
        VBuffer<int> ranges = default;
        column.Annotations.GetValue(Kind, ref ranges);
        int[] bounds = [.. ranges.DenseValues()];
        if (bounds.Length % 2 != 0 || bounds.Length > type.Size * 2)
            return [];
        int previousEnd = -1;
        for (int i = 0; i < bounds.Length; i += 2)
        {
            if (bounds[i] <= previousEnd || bounds[i + 1] < bounds[i] || bounds[i + 1] >= type.Size)
                return [];
            previousEnd = bounds[i + 1];
        }

        return bounds;
    }

    public static void AddIsNormalized(this DataViewSchema.Annotations.Builder annotations)
        => annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);

    public static void AddSlotNames(this DataViewSchema.Annotations.Builder annotations, VectorDataViewType type, Func<string[]> makeNames)
        => annotations.Add(
            AnnotationKinds.SlotNames,
            new VectorDataViewType(TextDataViewType.Instance, type.Dimensions),
            (ref VBuffer<ReadOnlyMemory<char>> names) => names = ToText(makeNames()));

    public static void AddCategoricalRanges(this DataViewSchema.Annotations.Builder annotations, int boundCount, Func<int[]> makeBounds)
        => annotations.Add(
            AnnotationKinds.CategoricalSlotRanges,
            new VectorDataViewType(NumberDataViewType.Int32, boundCount / 2, 2),
            (ref VBuffer<int> ranges) =>
            {
                int[] bounds = makeBounds();
                ranges = new VBuffer<int>(bounds.Length, bounds);
            });

    /// <summary>A text vector in which empty names are implicit when, as in ML.NET, more than half are.</summary>
    private static VBuffer<ReadOnlyMemory<char>> ToText(string[] names)
    {
        int[] named = [.. Enumerable.Range(0, names.Length).Where(i => names[i].Length > 0)];
        if (named.Length > (names.Length / 2) - 1)
            return new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]);
        return new VBuffer<ReadOnlyMemory<char>>(names.Length, named.Length, [.. named.Select(i => names[i].AsMemory())], named);
    }
}
