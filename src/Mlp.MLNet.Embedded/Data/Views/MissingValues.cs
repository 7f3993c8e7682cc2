using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Finds NaNs and missing keys.</summary>
internal static class MissingValues
{
    public static bool CanOccur(DataViewType type)
    {
        var itemType = type.GetItemType();
        return itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double || itemType is KeyDataViewType;
    }

    /// <summary>Tells whether the column misses a value in the row that the cursor stands on.</summary>
    public static Func<bool> Bind(DataViewRow row, DataViewSchema.Column column)
        => Generic.CallStatic<Func<bool>>(
            typeof(MissingValues),
            column.Type is VectorDataViewType ? nameof(BindVector) : nameof(BindScalar),
            [column.Type.GetItemType().RawType],
            row,
            column);

    private static Func<bool> BindScalar<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, INumberBase<T>
    {
        bool isKey = column.Type is KeyDataViewType;
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return IsMissing(value, isKey);
        };
    }

    private static Func<bool> BindVector<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, INumberBase<T>
    {
        bool isKey = column.Type.GetItemType() is KeyDataViewType;
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            getter(ref vector);

            // What a sparse vector leaves out is zero, and for a key that is missing.
            if (isKey && !vector.IsDense)
                return true;
            foreach (T value in vector.GetValues())
            {
                if (IsMissing(value, isKey))
                    return true;
            }

            return false;
        };
    }

    private static bool IsMissing<T>(T value, bool isKey)
        where T : struct, INumberBase<T>
        => isKey ? T.IsZero(value) : T.IsNaN(value);
}
