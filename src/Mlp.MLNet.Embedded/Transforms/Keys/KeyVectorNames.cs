using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Names of the slots of vectors made from keys.</summary>
internal static class KeyVectorNames
{
    public static string[] GetKeyNames(DataViewSchema.Column source)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        source.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>
    /// The names as they are, or, when the vectors of a vector column are joined, those of each slot after the slot's name ("slot.name")
    /// or, if it has none, after its number ("[0].name").
    /// </summary>
    public static string[] Make(DataViewSchema.Column source, string[] names, bool isJoined)
        => !isJoined
            ? names
            : [.. source.GetSlotNamesOrEmpty().SelectMany((slot, i)
                => names.Select(name => $"{(slot.Length > 0 ? slot : $"[{i}]")}.{name}"))];
}
