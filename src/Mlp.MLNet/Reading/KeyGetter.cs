using Microsoft.ML;

namespace Mlp.MLNet.Reading;

/// <summary>Reads a key, whichever of the four number types it is stored in: 1 for its first value, 0 for a missing one.</summary>
internal static class KeyGetter
{
    /// <summary>What is wrong with a key that has no value, and what to do about it. The value that was mapped is not known any
    /// more.</summary>
    public const string
        Problem = "is missing, or not among the values of its key,",
        Advice = "Fit MapValueToKey on rows that have every class, or filter these rows before Fit.";

    /// <param name="row">The row to follow.</param>
    /// <param name="column">A key, active.</param>
    public static Func<ulong> Create(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        Type type when type == typeof(byte) => Read<byte>(row, column, value => value),
        Type type when type == typeof(ushort) => Read<ushort>(row, column, value => value),
        Type type when type == typeof(uint) => Read<uint>(row, column, value => value),
        _ => Read<ulong>(row, column, value => value),
    };

    private static Func<ulong> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen)
        where T : unmanaged
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            getter(ref value);
            return widen(value);
        };
    }
}
