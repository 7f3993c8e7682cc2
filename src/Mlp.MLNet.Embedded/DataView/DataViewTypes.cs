namespace Microsoft.ML.Data;

/// <summary>Questions about column types, and the way from .NET types and data kinds to column types.</summary>
internal static class DataViewTypes
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> OfRawType = new PrimitiveDataViewType[]
    {
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        TimeSpanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance,
        RowIdDataViewType.Instance,
    }.ToDictionary(type => type.RawType);

    private static readonly PrimitiveDataViewType[] OfKind =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        TimeSpanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance,
    ];

    /// <summary>The type of the values: that of a vector's items, or the type itself.</summary>
    public static DataViewType GetItemType(this DataViewType type) => (type as VectorDataViewType)?.ItemType ?? type;

    /// <summary>The length of a vector, 0 when it is unknown or the type is no vector.</summary>
    public static int GetVectorSize(this DataViewType type) => (type as VectorDataViewType)?.Size ?? 0;

    /// <summary>How many values a row has: 1 for a scalar, 0 for a vector of unknown length.</summary>
    public static int GetValueCount(this DataViewType type) => (type as VectorDataViewType)?.Size ?? 1;

    public static bool IsKnownSizeVector(this DataViewType type) => type.GetVectorSize() > 0;

    /// <summary>The number of categories, 0 when the type is no key.</summary>
    public static ulong GetKeyCount(this DataViewType type) => (type as KeyDataViewType)?.Count ?? 0;

    /// <summary>The primitive type whose values have the given .NET type, or null when there is none.</summary>
    public static PrimitiveDataViewType? PrimitiveTypeOrNull(Type type)
        => OfRawType.GetValueOrDefault(type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type);

    public static PrimitiveDataViewType PrimitiveType(Type type)
        => PrimitiveTypeOrNull(type) ?? throw new InvalidOperationException($"Bad type: {type}");

    public static PrimitiveDataViewType PrimitiveType(DataKind kind)
        => kind is >= DataKind.SByte and <= DataKind.DateTimeOffset
            ? OfKind[(int)kind - 1]
            : throw new InvalidOperationException($"Bad data kind: {kind}");

    /// <summary>The kind of a number, text, truth value or time.</summary>
    public static DataKind KindOf(DataViewType type)
    {
        int index = Array.IndexOf(OfKind, type);
        return index >= 0 ? (DataKind)(index + 1) : throw new InvalidOperationException($"Bad type: {type}");
    }
}
