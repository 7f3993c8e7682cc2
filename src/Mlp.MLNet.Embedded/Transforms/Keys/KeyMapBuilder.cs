using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the distinct values of a column.</summary>
internal abstract class KeyMapBuilder
{
    public static KeyMapBuilder Create(DataViewRowCursor cursor, DataViewSchema.Column column, int maximumCount)
        => Generic.CallStatic<KeyMapBuilder>(
            typeof(KeyMapBuilder), nameof(CreateTyped), [column.Type.GetItemType().RawType], cursor, column, maximumCount);

    /// <summary>Takes in the cursor's current row; false when there are enough values.</summary>
    public abstract bool Update();

    public abstract KeyMap Finish(ValueToKeyMappingEstimator.KeyOrdinality ordinality);

    private static KeyMapBuilder<T> CreateTyped<T>(DataViewRowCursor cursor, DataViewSchema.Column column, int maximumCount)
        where T : notnull
        => new(cursor, column, maximumCount);
}
