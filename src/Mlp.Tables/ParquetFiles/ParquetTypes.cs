using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;
using Parquet;
using Parquet.Schema;

namespace Mlp.Tables.ParquetFiles;

/// <summary>Which types of Parquet columns are read, what they are, and how.</summary>
internal static class ParquetTypes
{
    private delegate ValueTask<ColumnValues> Reading(ParquetRowGroupReader group, DataField field, int count, CancellationToken token);

    private static readonly Dictionary<Type, (ColumnType Type, Reading Read)> Known = new()
    {
        [typeof(sbyte)] = (ColumnType.Integer, ReadNumbers<sbyte>),
        [typeof(byte)] = (ColumnType.Integer, ReadNumbers<byte>),
        [typeof(short)] = (ColumnType.Integer, ReadNumbers<short>),
        [typeof(ushort)] = (ColumnType.Integer, ReadNumbers<ushort>),
        [typeof(int)] = (ColumnType.Integer, ReadNumbers<int>),
        [typeof(uint)] = (ColumnType.Integer, ReadNumbers<uint>),
        [typeof(long)] = (ColumnType.Integer, ReadNumbers<long>),
        [typeof(ulong)] = (ColumnType.Integer, ReadNumbers<ulong>),
        [typeof(float)] = (ColumnType.Number, ReadNumbers<float>),
        [typeof(double)] = (ColumnType.Number, ReadNumbers<double>),
        [typeof(decimal)] = (ColumnType.Number, ReadNumbers<decimal>),
        [typeof(bool)] = (ColumnType.Boolean, async (group, field, count, token) =>
            new BooleanValues(await ReadAsync<bool, bool>(group, field, count, value => value, token))),
        [typeof(DateTime)] = (ColumnType.Date, async (group, field, count, token) =>
            new DateValues(await ReadAsync<DateTime, DateTime>(group, field, count, value => value, token), HasTime(field))),
        [typeof(DateOnly)] = (ColumnType.Date, async (group, field, count, token) => new DateValues(
            await ReadAsync<DateOnly, DateTime>(group, field, count, value => value.ToDateTime(default), token), haveTimes: false)),
        // Hours, as those of a date are given.
        [typeof(TimeSpan)] = (ColumnType.Number, async (group, field, count, token) => ToHours(
            await ReadAsync<TimeSpan, TimeSpan>(group, field, count, value => value, token))),
        [typeof(TimeOnly)] = (ColumnType.Number, async (group, field, count, token) => ToHours(
            await ReadAsync<TimeOnly, TimeSpan>(group, field, count, value => value.ToTimeSpan(), token))),
        [typeof(string)] = (ColumnType.Text, ReadTexts),
        [typeof(ReadOnlyMemory<char>)] = (ColumnType.Text, ReadTexts),
        [typeof(Guid)] = (ColumnType.Text, async (group, field, count, token) => new TextValues(
            [.. (await ReadAsync<Guid, Guid>(group, field, count, value => value, token)).Select(value => value?.ToString())])),
        [typeof(ReadOnlyMemory<byte>)] = (ColumnType.Bytes, (_, _, _, _) => ValueTask.FromResult<ColumnValues>(NoValues.Instance)),
        [typeof(byte[])] = (ColumnType.Bytes, (_, _, _, _) => ValueTask.FromResult<ColumnValues>(NoValues.Instance)),
    };

    /// <summary>What a column is; null for one that is not read.</summary>
    public static ColumnType? TypeOf(DataField field) => Known.TryGetValue(field.ClrType, out var known) ? known.Type : null;

    /// <summary>The values of a column in a group of rows.</summary>
    public static ValueTask<ColumnValues> ReadAsync(ParquetRowGroupReader group, DataField field, int count, CancellationToken token) =>
        Known[field.ClrType].Read(group, field, count, token);

    private static bool HasTime(DataField field) =>
        field is not DateTimeDataField { DateTimeFormat: DateTimeFormat.Date };

    private static async ValueTask<ColumnValues> ReadNumbers<T>(
        ParquetRowGroupReader group, DataField field, int count, CancellationToken token)
        where T : struct, System.Numerics.INumber<T>
    {
        if (field.IsNullable)
        {
            var sparse = new T[count];
            int[] levels = new int[count];
            await group.ReadRawAsync<T>(field, sparse.AsMemory(), levels.AsMemory(), null, token);
            Spread(sparse, levels, field.MaxDefinitionLevel);
            return new NullableNumberValues<T>(sparse, levels, field.MaxDefinitionLevel);
        }
        var values = new T[count];
        await group.ReadAsync<T>(field, values.AsMemory(), null, token);
        return new NumberValues<T>(values);
    }

    /// <summary>Moves values that lie side by side to the rows that have one, the last one first.</summary>
    private static void Spread<T>(T[] values, int[] levels, int present)
    {
        int next = levels.AsSpan().Count(present);
        for (int row = values.Length - 1; next < row + 1 && row >= 0; row--)
        {
            if (levels[row] == present)
                values[row] = values[--next];
        }
    }

    private static NumberValues<double> ToHours(TimeSpan?[] times) => new([.. times.Select(time => time?.TotalHours ?? double.NaN)]);

    private static async ValueTask<ColumnValues> ReadTexts(
        ParquetRowGroupReader group, DataField field, int count, CancellationToken token)
    {
        var values = new string?[count];
        await group.ReadAsync(field, values.AsMemory(), null, token);
        return new TextValues(values);
    }

    private static async ValueTask<TResult?[]> ReadAsync<T, TResult>(
        ParquetRowGroupReader group, DataField field, int count, Func<T, TResult> convert, CancellationToken token)
        where T : struct
        where TResult : struct
    {
        if (field.IsNullable)
        {
            var nullable = new T?[count];
            await group.ReadAsync<T>(field, nullable.AsMemory(), null, token);
            return Array.ConvertAll(nullable, value => value is T present ? convert(present) : (TResult?)null);
        }
        var values = new T[count];
        await group.ReadAsync<T>(field, values.AsMemory(), null, token);
        return Array.ConvertAll(values, value => (TResult?)convert(value));
    }
}
