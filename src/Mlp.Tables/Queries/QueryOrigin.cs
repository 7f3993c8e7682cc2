using System.Data.Common;
using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Queries;

/// <summary>A query to a database, which answers it again for every reading.</summary>
internal sealed class QueryOrigin : RowOrigin
{
    private readonly Func<DbConnection> _connect;
    private readonly string _sql;

    private QueryOrigin(Func<DbConnection> connect, string sql)
    {
        (_connect, _sql) = (connect, sql);
        using DbConnection connection = Connect();
        using DbCommand command = CreateCommand(connection);
        using DbDataReader reader = Execute(command);
        Columns = [.. Enumerable.Range(0, reader.FieldCount).Select(
            index => new SourceColumn(reader.GetName(index), TypeOf(reader, index)))];
        if (Columns.Count == 0)
            throw new TableException(Title, $"{Title} gives no rows: it is no query. Give a SELECT.");
    }

    public override string Title => "the query";

    public override TableFormat Format => TableFormat.Query;

    public override IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>A database keeps no order that was not asked for, and others write to it.</summary>
    public override bool MayChange => true;

    /// <param name="connect">Gives a connection of its own for each reading, closed.</param>
    /// <param name="sql">The query.</param>
    /// <exception cref="TableException">The database cannot be reached, or refuses the query.</exception>
    public static QueryOrigin Open(Func<DbConnection> connect, string sql) => new(connect, sql);

    public override RowReader Open(ColumnUse[]? uses, CancellationToken cancellationToken)
    {
        DbConnection connection = Connect();
        DbCommand? command = null;
        try
        {
            command = CreateCommand(connection);
            var rows = new QueryRows(Title, connection, command, Execute(command), uses, cancellationToken);
            (connection, command) = (null!, null);
            return rows;
        }
        finally
        {
            command?.Dispose();
            connection?.Dispose();
        }
    }

    private DbConnection Connect()
    {
        DbConnection connection = _connect();
        try
        {
            connection.Open();
            DbConnection opened = connection;
            connection = null!;
            return opened;
        }
        // Providers throw what their sockets and parsers do as well.
        catch (Exception exception) when (exception is DbException or InvalidOperationException or ArgumentException or IOException
            or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new TableException(
                Title, $"The database cannot be reached: {exception.Message.TrimEnd('.')}. Check the connection string.", inner: exception);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private DbCommand CreateCommand(DbConnection connection)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = _sql;
        // A query over a whole table takes as long as it takes.
        command.CommandTimeout = 0;
        return command;
    }

    private DbDataReader Execute(DbCommand command)
    {
        try
        {
            return command.ExecuteReader();
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            throw new TableException(
                Title, $"The database refuses {Title}: {exception.Message.TrimEnd('.')}. Correct the SQL.", inner: exception);
        }
    }

    private static ColumnType TypeOf(DbDataReader reader, int index)
    {
        Type type = reader.GetFieldType(index);
        // SQLite has no type for dates: what is declared as one is text, and is looked at.
        string declared = reader.GetDataTypeName(index).ToUpperInvariant();
        bool isDate = declared.Contains("DATE", StringComparison.Ordinal) || declared.Contains("TIME", StringComparison.Ordinal);
        if (type == typeof(string) && isDate)
            return ColumnType.Unknown;
        if (type == typeof(bool) || (declared is "BOOLEAN" or "BOOL"))
            return type == typeof(bool) ? ColumnType.Boolean : ColumnType.Unknown;
        return type switch
        {
            _ when type == typeof(string) || type == typeof(Guid) => ColumnType.Text,
            _ when type == typeof(double) || type == typeof(float) || type == typeof(decimal) || type == typeof(TimeSpan)
                || type == typeof(TimeOnly) => ColumnType.Number,
            _ when type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(byte) => ColumnType.Integer,
            _ when type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(DateTimeOffset) => ColumnType.Date,
            _ when type == typeof(byte[]) => ColumnType.Bytes,
            _ => ColumnType.Unknown,
        };
    }
}
