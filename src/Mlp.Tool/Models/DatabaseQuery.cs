using System.Data.Common;
using Microsoft.Data.Sqlite;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Queries;
using Mlp.Tool.Output;
using Npgsql;

namespace Mlp.Tool.Models;

/// <summary>A query to a database that this command has a provider for: SQLite, or PostgreSQL.</summary>
/// <param name="Sql">The query.</param>
/// <param name="Connection">As the provider takes it, or the path of an SQLite file.</param>
internal sealed record DatabaseQuery(string Sql, string Connection)
{
    /// <summary>What messages call it.</summary>
    public string Title => "the query";

    /// <summary>Asks the database for the columns.</summary>
    /// <exception cref="ToolException">The connection string is none.</exception>
    /// <exception cref="Tables.TableException">The database cannot be reached, or refuses the query.</exception>
    public RowOrigin Open()
    {
        string connection = ConnectionString(out bool isPostgreSql);
        return QueryOrigin.Open(() => isPostgreSql ? new NpgsqlConnection(connection) : new SqliteConnection(connection), Sql);
    }

    private string ConnectionString(out bool isPostgreSql)
    {
        isPostgreSql = false;
        if (!Connection.Contains('='))
            return Of(new SqliteConnectionStringBuilder { DataSource = Connection });
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = Connection };
            isPostgreSql = given.ContainsKey("Host") || given.ContainsKey("Server");
            return isPostgreSql ? new NpgsqlConnectionStringBuilder(Connection).ConnectionString
                : Of(new SqliteConnectionStringBuilder(Connection));
        }
        catch (ArgumentException exception)
        {
            throw new ToolException(
                ExitCode.Usage,
                $"--connection cannot be understood: {exception.Message.TrimEnd('.')}. Give the path of an SQLite file, or "
                    + "Host=...;Database=...;Username=... for PostgreSQL.", exception);
        }
    }

    /// <summary>Nothing is written, and a file that is not there is not made.</summary>
    private static string Of(SqliteConnectionStringBuilder builder)
    {
        if (builder.Mode == SqliteOpenMode.ReadWriteCreate)
            builder.Mode = SqliteOpenMode.ReadOnly;
        return builder.ConnectionString;
    }
}
