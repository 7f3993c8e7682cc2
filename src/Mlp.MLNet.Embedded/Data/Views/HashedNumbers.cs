namespace Microsoft.ML.Data;

/// <summary>A column of any other type, hashed to 30 bits.</summary>
internal sealed class HashedNumbers(DataViewSchema.Column column, uint seed) : SplitNumbers
{
    internal const uint DefaultSeed = 314489979;

    private const int BitCount = 30;
    private const uint Mask = (1u << BitCount) - 1;

    public override IEnumerable<DataViewSchema.Column> Columns => [column];

    public override Func<double> Bind(DataViewRow row) => column.Type.GetItemType() switch
    {
        KeyDataViewType key => BindKey(row, key),
        TextDataViewType => BindText(row),
        BooleanDataViewType => Bind<bool>(row, value => value ? 1u : 0u, 4),
        DateTimeDataViewType => Bind<DateTime>(row, value => (ulong)value.Ticks, 8),
        DateTimeOffsetDataViewType => Bind<DateTimeOffset>(row, value => (ulong)value.UtcTicks, 8),
        TimeSpanDataViewType => Bind<TimeSpan>(row, value => (ulong)value.Ticks, 8),
        // Zero and minus zero are one key, a NaN is none.
        var type when type.RawType == typeof(float) =>
            Bind<float>(row, value => float.IsNaN(value) ? null : BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value), 4),
        var type when type.RawType == typeof(double) =>
            Bind<double>(row, value => double.IsNaN(value) ? null : BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value), 8),
        var type when type.RawType == typeof(sbyte) => Bind<sbyte>(row, value => (uint)value, 4),
        var type when type.RawType == typeof(short) => Bind<short>(row, value => (uint)value, 4),
        var type when type.RawType == typeof(int) => Bind<int>(row, value => (uint)value, 4),
        var type when type.RawType == typeof(long) => Bind<long>(row, value => (ulong)value, 8),
        var type when type.RawType == typeof(byte) => Bind<byte>(row, value => value, 4),
        var type when type.RawType == typeof(ushort) => Bind<ushort>(row, value => value, 4),
        var type when type.RawType == typeof(uint) => Bind<uint>(row, value => value, 4),
        var type when type.RawType == typeof(ulong) => Bind<ulong>(row, value => value, 8),
        var type => throw new ArgumentOutOfRangeException(
            nameof(column), $"Column '{column.Name}' of type {type} cannot be a sampling key."),
    };

    private Func<double> BindKey(DataViewRow row, KeyDataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.Byte => Bind<byte>(row, value => value == 0 ? null : value, 4),
        TypeCode.UInt16 => Bind<ushort>(row, value => value == 0 ? null : value, 4),
        TypeCode.UInt32 => Bind<uint>(row, value => value == 0 ? null : value, 4),
        _ => Bind<ulong>(row, value => value == 0 ? null : value, 8),
    };

    private Func<double> BindText(DataViewRow row) => Bind<ReadOnlyMemory<char>>(
        row,
        (uint hash, in ReadOnlyMemory<char> text) => text.IsEmpty ? null : Murmur.HashText(hash, text.Span.Trim(' ')),
        (hash, _) => hash);

    private Func<double> Bind<T>(DataViewRow row, Func<T, ulong?> bits, int byteCount) => Bind(
        row,
        (uint hash, in T value) =>
        {
            if (bits(value) is not { } word)
                return null;
            hash = Murmur.Round(hash, (uint)word);
            return byteCount == 8 ? Murmur.Round(hash, (uint)(word >> 32)) : hash;
        },
        (hash, itemCount) => Murmur.Finish(hash, itemCount * byteCount));

    private Func<double> Bind<T>(DataViewRow row, AddItem<T> add, Func<uint, int, uint> finish)
    {
        if (column.Type is VectorDataViewType)
            return BindVector(row, add, finish);
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return add(seed, value) is { } hash ? ToNumber(finish(hash, 1)) : double.NaN;
        };
    }

    private Func<double> BindVector<T>(DataViewRow row, AddItem<T> add, Func<uint, int, uint> finish)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            uint hash = seed;
            foreach (var value in values.DenseValues())
            {
                if (add(hash, value) is not { } next)
                    return double.NaN;
                hash = next;
            }
            return ToNumber(finish(hash, values.Length));
        };
    }

    /// <summary>The middle of the hash's share of the unit interval.</summary>
    private static double ToNumber(uint hash) => ((hash & Mask) + 1 - 0.5) / (Mask + 1);

    /// <summary>The hash with one more item in it; null when the item is missing.</summary>
    private delegate uint? AddItem<T>(uint hash, in T value);
}
