using System.Data.Common;
using System.Globalization;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Queries;

/// <summary>Moves over the rows that a database answers a query with.</summary>
/// <param name="title">For messages.</param>
/// <param name="connection">Open; disposed in the end, as are the others.</param>
/// <param name="command">With the query.</param>
/// <param name="reader">Before the first row.</param>
/// <param name="uses">One per column; null for all.</param>
/// <param name="cancellationToken">Checked at every row.</param>
internal sealed class QueryRows(
    string title, DbConnection connection, DbCommand command, DbDataReader reader, ColumnUse[]? uses, CancellationToken cancellationToken)
    : TypedRows(reader.FieldCount)
{
    private readonly bool[] _isNeeded =
        [.. Enumerable.Range(0, reader.FieldCount).Select(column => uses?[column] != ColumnUse.None)];

    public override bool Read()
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!reader.Read())
                return false;
            for (int column = 0; column < Values.Length; column++)
            {
                if (_isNeeded[column])
                    Values[column] = ToValues(reader.GetValue(column));
            }
            Line++;
            return true;
        }
        catch (Exception exception) when (exception is DbException or InvalidCastException or FormatException or OverflowException)
        {
            throw new TableException(
                title, $"{title} failed at row {Line + 1:N0}: {exception.Message.TrimEnd('.')}. Correct the query, or cast the column.",
                Line + 1, inner: exception);
        }
    }

    public override void Dispose()
    {
        reader.Dispose();
        command.Dispose();
        connection.Dispose();
    }

    /// <summary>By the value, not by the column: in SQLite each row may have a type of its own.</summary>
    private static ColumnValues ToValues(object value) => value switch
    {
        DBNull => NoValues.Instance,
        long number => new NumberValues<long>([number]),
        int number => new NumberValues<int>([number]),
        double number => new NumberValues<double>([number]),
        float number => new NumberValues<float>([number]),
        decimal number => new NumberValues<decimal>([number]),
        short number => new NumberValues<short>([number]),
        byte number => new NumberValues<byte>([number]),
        string text => new TextValues([text]),
        bool flag => new BooleanValues([flag]),
        DateTime date => new DateValues([date], haveTimes: true),
        DateOnly date => new DateValues([date.ToDateTime(default)], haveTimes: false),
        DateTimeOffset date => new DateValues([date.UtcDateTime], haveTimes: true),
        // Hours, as those of a date are given.
        TimeSpan time => new NumberValues<double>([time.TotalHours]),
        TimeOnly time => new NumberValues<double>([time.ToTimeSpan().TotalHours]),
        byte[] => NoValues.Instance,
        _ => new TextValues([Convert.ToString(value, CultureInfo.InvariantCulture)]),
    };
}
