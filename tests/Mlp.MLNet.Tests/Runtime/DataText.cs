using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>Writes data views as text, so that a test can state what it expects in one literal.</summary>
internal static class DataText
{
    private static readonly MethodInfo BindScalarMethod = Method(nameof(BindScalar));
    private static readonly MethodInfo BindVectorMethod = Method(nameof(BindVector));

    /// <summary>One line per row, columns separated by blanks.</summary>
    public static string Rows(IDataView data, params string[] columns) => string.Join("\n", RowList(data, columns));

    public static List<string> RowList(IDataView data, params string[] columns)
    {
        var needed = columns.Length == 0 ? data.Schema.ToArray() : columns.Select(name => data.Schema[name]).ToArray();
        using var cursor = data.GetRowCursor(needed);
        var getters = needed.Select(column => Bind(cursor, column)).ToArray();
        var rows = new List<string>();
        while (cursor.MoveNext())
            rows.Add(string.Join(" ", getters.Select(getter => getter())));
        return rows;
    }

    public static string Schema(IDataView data)
        => string.Join(", ", data.Schema.Select(column => $"{column.Name}:{column.Type}{(column.IsHidden ? " hidden" : "")}"));

    /// <summary>Type and message of what an action throws.</summary>
    public static string Error(Action action)
    {
        var exception = Record.Exception(action);
        return exception == null ? "none" : $"{exception.GetType().Name}: {exception.Message}";
    }

    public static string Format(object value) => value switch
    {
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        ReadOnlyMemory<char> text => $"'{text}'",
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static Func<string> Bind(DataViewRow row, DataViewSchema.Column column)
    {
        var method = column.Type is VectorDataViewType vector
            ? BindVectorMethod.MakeGenericMethod(vector.ItemType.RawType)
            : BindScalarMethod.MakeGenericMethod(column.Type.RawType);
        return (Func<string>)method.Invoke(null, [row, column])!;
    }

    private static Func<string> BindScalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Format(value!);
        };
    }

    private static Func<string> BindVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            var items = value.Items().Select(item => (value.IsDense ? "" : $"{item.Key}:") + Format(item.Value!));
            return value.IsDense ? $"[{string.Join(" ", items)}]" : $"[{value.Length}| {string.Join(" ", items)}]";
        };
    }

    private static MethodInfo Method(string name) => typeof(DataText).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}
