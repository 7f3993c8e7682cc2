using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Distinct values and their numbers.</summary>
internal abstract class KeyMap(PrimitiveDataViewType itemType, int count)
{
    public PrimitiveDataViewType ItemType { get; } = itemType;

    public int Count { get; } = count;

    /// <summary>There is no key type without categories, so that of an empty map has one that does not occur.</summary>
    public KeyDataViewType OutputType { get; } = new(typeof(uint), Math.Max(count, 1));

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source, string outputName);

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, bool asText);

    public abstract void Save(ModelSaveContext ctx);
}
