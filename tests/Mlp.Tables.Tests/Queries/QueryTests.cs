using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.TestSupport;

namespace Mlp.Tables.Tests;

public sealed class QueryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _connection;

    public QueryTests()
    {
        _connection = $"Data Source={_folder.PathOf("sales.db")};Pooling=False";
        var rows = Enumerable.Range(0, 60).Select(row =>
        {
            string area = row % 7 == 3 ? "null" : FormattableString.Invariant($"{20.5 + row * 13 % 31}");
            return $"({row}, {area}, {1 + row * 3 % 5}, '{(row % 3 == 0 ? "Mitte" : "Süd")}', '{100 + row % 4}', "
                + $"'2020-01-{1 + row % 28:D2}', x'00', {1000 + row * 7 % 50}.25, null)";
        });
        Execute("create table sales (id integer primary key, area real, rooms integer, district text, code text, sold date, note blob, "
            + $"price numeric, empty text); insert into sales values {string.Join(", ", rows)}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_TakesTypesFromTheDatabase()
    {
        TableDescription table = Inspect("select * from sales order by id", "price");
        Assert.Equal((TableFormat.Query, "the query", 60L), (table.Format, table.Path, table.RowCount));
        Assert.Equal(
            [("id", ColumnKind.Identifier), ("area", ColumnKind.Number), ("rooms", ColumnKind.Number), ("district", ColumnKind.Category),
                ("code", ColumnKind.Category), ("sold", ColumnKind.Date), ("note", ColumnKind.Ignored), ("price", ColumnKind.Label),
                ("empty", ColumnKind.Constant)],
            table.Columns.Select(column => (column.Name, column.Kind)));
        Assert.Equal(TableTask.Regression, table.Label!.Task);
        Assert.Equal(9, table.Columns[1].MissingCount);
    }

    [Fact]
    public void Load_AsksAgainForEachCursor()
    {
        IDataView view = TableFile.Load(Inspect("select * from sales order by id", "price"));
        float[] areas = [.. Enumerable.Range(0, 60).Select(row => row % 7 == 3 ? float.NaN : 20.5f + row * 13 % 31)];
        Assert.Equal(areas, view.GetColumn<float>("area"));
        using DataViewRowCursor first = view.GetRowCursor(view.Schema), second = view.GetRowCursor(view.Schema);
        Assert.True(first.MoveNext());
        Assert.True(first.MoveNext());
        Assert.True(second.MoveNext());
        ReadOnlyMemory<char> district = default;
        first.GetGetter<ReadOnlyMemory<char>>(view.Schema["district"])(ref district);
        Assert.Equal("Süd", district.ToString());
        second.GetGetter<ReadOnlyMemory<char>>(view.Schema["district"])(ref district);
        Assert.Equal("Mitte", district.ToString());
        Assert.Equal(areas, view.GetColumn<float>("area"));
    }

    [Fact]
    public void AProvidersFactory_DoesAsWell()
    {
        TableDescription table = TableQuery.Inspect(SqliteFactory.Instance, _connection, "select area, rooms from sales order by id");
        Assert.Equal(60, TableFile.Load(table).GetColumn<float>("rooms").Count());
    }

    [Fact]
    public void OtherRowsOrAnotherOrder_AreNoticed()
    {
        TableDescription table = Inspect("select area, rooms, price from sales order by random()", "price");
        Assert.StartsWith(
            "the query gives other values of 'rooms' than when it was inspected, or the rows in another order. Add ORDER BY with a key,",
            Assert.Throws<TableException>(() => TableFile.Load(table).GetColumn<float>("rooms").Count()).Message);
        table = Inspect("select area, rooms, price from sales order by id", "price");
        Execute("delete from sales where id = 59");
        Assert.StartsWith(
            "the query has 59 rows, and had 60 when it was inspected.",
            Assert.Throws<TableException>(() => TableFile.Load(table).GetColumn<float>("rooms").Count()).Message);
    }

    [Theory]
    [InlineData("select missing from sales", "The database refuses the query: SQLite Error 1: 'no such column: missing'")]
    [InlineData("selec 1", "The database refuses the query: SQLite Error 1: 'near \"selec\": syntax error'")]
    [InlineData("select * from sales where id < 0", "the query has no rows; its columns are id, area, rooms,")]
    [InlineData("delete from sales where id = 1000", "the query gives no rows: it is no query. Give a SELECT.")]
    public void WrongQueries_AreRefused(string sql, string message) =>
        Assert.StartsWith(message, Assert.Throws<TableException>(() => Inspect(sql, null)).Message);

    [Fact]
    public void ADatabaseThatIsNotThere_IsNamed() => Assert.Equal(
        "The database cannot be reached: SQLite Error 14: 'unable to open database file'. Check the connection string.",
        Assert.Throws<TableException>(() => TableQuery.Inspect(
            SqliteFactory.Instance, $"Data Source={_folder.PathOf("no/such.db")};Mode=ReadOnly;Pooling=False", "select 1")).Message);

    private TableDescription Inspect(string sql, string? label) =>
        TableQuery.Inspect(() => new SqliteConnection(_connection), sql, new TableOptions { Label = label });

    private void Execute(string sql)
    {
        using DbConnection connection = new SqliteConnection(_connection);
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
