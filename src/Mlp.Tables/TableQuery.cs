using System.Data.Common;
using Mlp.Tables.Queries;

namespace Mlp.Tables;

/// <summary>Tables that a database answers a query with, by any ADO.NET provider.</summary>
public static class TableQuery
{
    /// <summary>Asks the database once, and says what the rows hold.
    /// <see cref="TableFile.Load(TableDescription, IReadOnlyList{TableColumn})"/> gives them.</summary>
    /// <param name="connect">Makes a connection, closed, with each call: every reading has one of its own, which it disposes.</param>
    /// <param name="sql">A query. With ORDER BY, unless the database keeps an order: all readings must give the same rows in the same
    /// order, and one that does not ends in a <see cref="TableException"/>.</param>
    /// <param name="options">What is known; the types of the columns and their values tell the rest. Default: null, nothing is
    /// known.</param>
    /// <param name="cancellationToken">Checked at every row.</param>
    /// <exception cref="TableException">The database cannot be reached or refuses the query, or the rows are not what the options
    /// say.</exception>
    /// <exception cref="ArgumentException">The options are wrong whatever the rows.</exception>
    /// <example><code>
    /// TableDescription table = TableQuery.Inspect(
    ///     () => new SqliteConnection("Data Source=sales.db"), "select * from sales order by id", new TableOptions { Label = "price" });
    /// IDataView data = TableFile.Load(table);
    /// </code></example>
    public static TableDescription Inspect(
        Func<DbConnection> connect, string sql, TableOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return TableFile.Inspect(QueryOrigin.Open(connect, sql), options, cancellationToken);
    }

    /// <inheritdoc cref="Inspect(Func{DbConnection}, string, TableOptions, CancellationToken)"/>
    /// <param name="provider">Makes the connections.</param>
    /// <param name="connectionString">As the provider takes it.</param>
    /// <param name="sql">A query, with ORDER BY unless the database keeps an order.</param>
    /// <param name="options">What is known. Default: null, nothing is known.</param>
    /// <param name="cancellationToken">Checked at every row.</param>
    public static TableDescription Inspect(
        DbProviderFactory provider, string connectionString, string sql, TableOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(connectionString);
        return Inspect(Connect, sql, options, cancellationToken);

        DbConnection Connect()
        {
            DbConnection connection = provider.CreateConnection() ?? throw new ArgumentException(
                $"{provider.GetType().Name} makes no connections. Give the factory of a provider for databases.", nameof(provider));
            connection.ConnectionString = connectionString;
            return connection;
        }
    }
}
