using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Scoring;

/// <summary>The values of a row as text: every bit of a number, and whether a vector is dense.</summary>
internal sealed class RowText
{
    private readonly Func<string>[] _reads;

    public RowText(DataViewRow row, IEnumerable<DataViewSchema.Column> columns) =>
        _reads = [.. columns.Select(column => Read(row, column))];

    public override string ToString() => string.Join("; ", _reads.Select(read => read()));

    /// <summary>All rows of a data view, by its cursor.</summary>
    public static string[] ByCursor(IDataView data, params string[] columnNames)
    {
        DataViewSchema.Column[] columns = [.. columnNames.Select(name => data.Schema[name])];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        return ReadAll(cursor, new RowText(cursor, columns));
    }

    /// <summary>The same by the transformer's row mapper over a cursor of the input.</summary>
    public static string[] ByMapper(ITransformer model, IDataView input, params string[] columnNames)
    {
        IRowToRowMapper mapper = model.GetRowToRowMapper(input.Schema);
        DataViewSchema.Column[] columns = [.. columnNames.Select(name => mapper.OutputSchema[name])];
        using DataViewRowCursor cursor = input.GetRowCursor(mapper.GetDependencies(columns));
        using DataViewRow row = mapper.GetRow(cursor, columns);
        return ReadAll(cursor, new RowText(row, columns));
    }

    private static string[] ReadAll(DataViewRowCursor cursor, RowText text)
    {
        var rows = new List<string>();
        while (cursor.MoveNext())
            rows.Add($"{text}");
        return [.. rows];
    }

    private static Func<string> Read(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType: NumberDataViewType item } when item.RawType == typeof(float) => Vector<float>(row, column),
        VectorDataViewType { ItemType: NumberDataViewType } => Vector<double>(row, column),
        VectorDataViewType { ItemType: BooleanDataViewType } => Vector<bool>(row, column),
        VectorDataViewType => Vector<ReadOnlyMemory<char>>(row, column),
        KeyDataViewType => Scalar<uint>(row, column),
        TextDataViewType => Scalar<ReadOnlyMemory<char>>(row, column),
        BooleanDataViewType => Scalar<bool>(row, column),
        DateTimeDataViewType => Scalar<DateTime>(row, column),
        NumberDataViewType number when number.RawType == typeof(int) => Scalar<int>(row, column),
        _ => Scalar<float>(row, column),
    };

    private static Func<string> Scalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Text(value);
        };
    }

    private static Func<string> Vector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            getter(ref vector);
            string values = string.Join(' ', vector.Items(all: false).Select(item => $"{item.Key}:{Text(item.Value)}"));
            return $"{(vector.IsDense ? "dense" : "sparse")} {vector.Length} [{values}]";
        };
    }

    private static string Text<T>(T value) => value switch
    {
        float number => BitConverter.SingleToInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture),
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        _ => FormattableString.Invariant($"{value}"),
    };
}
