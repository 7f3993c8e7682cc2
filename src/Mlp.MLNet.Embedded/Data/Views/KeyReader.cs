namespace Microsoft.ML.Data;

/// <summary>Reads a key column of any raw type as 64-bit numbers.</summary>
internal static class KeyReader
{
    public static Func<ulong> Bind(DataViewRow row, DataViewSchema.Column column) => Type.GetTypeCode(column.Type.RawType) switch
    {
        TypeCode.Byte => Bind<byte>(row, column),
        TypeCode.UInt16 => Bind<ushort>(row, column),
        TypeCode.UInt32 => Bind<uint>(row, column),
        _ => Bind<ulong>(row, column),
    };

    private static Func<ulong> Bind<T>(DataViewRow row, DataViewSchema.Column column)
        where T : System.Numerics.IBinaryInteger<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = T.Zero;
        return () =>
        {
            getter(ref value);
            return ulong.CreateTruncating(value);
        };
    }
}
