using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tool.Scorers;

/// <summary>Texts in the annotations of a column.</summary>
internal static class SlotsOf
{
    /// <summary>The names of a vector's slots.</summary>
    public static string[] Names(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>The values of a key.</summary>
    public static string[] KeyValues(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }
}
