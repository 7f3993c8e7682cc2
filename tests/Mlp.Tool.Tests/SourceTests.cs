using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Mlp.TestSupport;
using Mlp.Tool.Output;
using Parquet;
using Parquet.Schema;

namespace Mlp.Tool.Tests;

/// <summary>Tables that are no text: Parquet and databases, and names that stand for several files.</summary>
public sealed class SourceTests : IDisposable
{
    private static readonly string[] Names = ["area", "rooms", "district", "sold", "garden", "price"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parquet_IsTrainedEvaluatedAndPredicted()
    {
        await WriteParquet("a.parquet", 0, 70);
        await WriteParquet("b.parquet", 70, 70);
        string pattern = _folder.PathOf("?.parquet"), model = _folder.PathOf("model.zip");
        JsonElement document = ToolRun.Json([
            "train", pattern, "--label", "price", "--preset", "fast", "--epochs", "3", "--out", model,
            "--code", _folder.PathOf("Program.cs")]);

        Assert.Equal("parquet", document.GetProperty("table").GetProperty("format").GetString());
        Assert.Equal(140, document.GetProperty("table").GetProperty("rows").GetInt32());
        Assert.Equal(
            ["number", "number", "category", "date", "category", "label"],
            document.GetProperty("table").GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("kind").GetString()));
        // Of several files the program has a copy.
        Assert.Equal(141, File.ReadLines(_folder.PathOf("Program.data.csv")).Count());
        string code = await File.ReadAllTextAsync(_folder.PathOf("Program.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("Program.data.csv", code, StringComparison.Ordinal);

        JsonElement evaluated = ToolRun.Json("evaluate", model, _folder.PathOf("a.parquet"));
        Assert.Equal(70, evaluated.GetProperty("rows").GetInt32());
        Assert.Equal(
            ScoresOf(model, "csv", Csv(0, 70)), ScoresOf(model, "parquet", _folder.PathOf("a.parquet")));
    }

    [Fact]
    public async Task ACsv_AndParquetOfTheSameRows_GiveTheSameModel()
    {
        await WriteParquet("rows.parquet", 0, 80);
        string[] options = ["--label", "price", "--preset", "fast", "--epochs", "2", "--out"];
        ToolRun.Json(["train", Csv(0, 80), .. options, _folder.PathOf("csv.zip")]);
        ToolRun.Json(["train", _folder.PathOf("rows.parquet"), .. options, _folder.PathOf("parquet.zip")]);
        string[] fingerprints = [.. new[] { "csv.zip", "parquet.zip" }.Select(
            name => ToolRun.Json("inspect", _folder.PathOf(name)).GetProperty("fingerprint").GetString()!)];
        Assert.Equal(fingerprints[0], fingerprints[1]);
    }

    [Fact]
    public void AQuery_IsTrainedEvaluatedAndPredicted()
    {
        string database = _folder.PathOf("homes.db"), model = _folder.PathOf("model.zip"), code = _folder.PathOf("Program.cs");
        using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
            Fill(connection, "real");
        string[] query = ["--sql", "select area, rooms, district, sold, garden, price from homes order by id", "--connection", database];
        JsonElement document = ToolRun.Json(
            ["train", .. query, "--label", "price", "--preset", "fast", "--epochs", "2", "--out", model, "--code", code]);

        Assert.Equal("query", document.GetProperty("table").GetProperty("format").GetString());
        Assert.Equal("the query", document.GetProperty("table").GetProperty("path").GetString());
        Assert.Equal(90, document.GetProperty("table").GetProperty("rows").GetInt32());
        // A connection string may hold a password.
        Assert.DoesNotContain("homes.db", File.ReadAllText(code), StringComparison.Ordinal);
        Assert.Equal(91, File.ReadLines(_folder.PathOf("Program.data.csv")).Count());
        Assert.Equal(90, ToolRun.Json(["evaluate", model, .. query]).GetProperty("rows").GetInt32());
        Assert.Equal(90, ToolRun.Json(["predict", model, .. query, "--out", _folder.PathOf("s.csv")]).GetProperty("rows").GetInt32());
    }

    [Fact]
    public void WhatGivesNoTable_IsRefused()
    {
        string none = _folder.PathOf("*.csv");
        Assert.StartsWith(
            $"mlp: No file is called {none}. Check the pattern;", ToolRun.Fails(ExitCode.BadInput, "train", none, "-l", "y"),
            StringComparison.Ordinal);
        Assert.Equal(
            "mlp: There is no table. Give a file, or --sql with --connection.", ToolRun.Fails(ExitCode.Usage, "train", "-l", "y"));
        Assert.Equal(
            "mlp: --sql and a.csv contradict each other: one of them gives the table.",
            ToolRun.Fails(ExitCode.Usage, "train", "a.csv", "-l", "y", "--sql", "select 1"));
        Assert.Equal(
            "mlp: --sql needs a database. Give --connection, or set the variable MLP_CONNECTION.",
            ToolRun.Fails(ExitCode.Usage, "train", "-l", "y", "--sql", "select 1"));
        Assert.Equal(
            "mlp: --connection names a database, but no query. Give --sql \"select ...\".",
            ToolRun.Fails(ExitCode.Usage, "train", "a.csv", "-l", "y", "--connection", "x.db"));
        string database = _folder.PathOf("nothing.db");
        Assert.Equal(
            "mlp: The database cannot be reached: SQLite Error 14: 'unable to open database file'. Check the connection string.",
            ToolRun.Fails(ExitCode.BadInput, "train", "-l", "y", "--sql", "select 1", "--connection", database));
        Assert.False(File.Exists(database));
        Assert.StartsWith(
            "mlp: --connection cannot be understood: ",
            ToolRun.Fails(ExitCode.Usage, "train", "-l", "y", "--sql", "select 1", "--connection", "Host=a;Nonsense=b"),
            StringComparison.Ordinal);
    }

    /// <summary>With a server of its own that .ci/postgres starts.</summary>
    [Fact]
    public void PostgreSql_IsTrainedFrom()
    {
        string? server = Environment.GetEnvironmentVariable("MLP_POSTGRES");
        Assert.SkipWhen(
            server is null, "MLP_POSTGRES is not set. Run .ci/postgres, which starts a server (Debian: apt-get install postgresql).");
        using (var connection = new Npgsql.NpgsqlConnection(server))
            Fill(connection, "numeric(12, 2)", "boolean", "date");
        string[] query = ["--sql", "select area, rooms, district, sold, garden, price from homes order by id", "--connection", server!];
        JsonElement document = ToolRun.Json(
            ["train", .. query, "--label", "price", "--preset", "fast", "--epochs", "2", "--out", _folder.PathOf("model.zip")]);
        Assert.Equal(
            ["number", "number", "category", "date", "category", "label"],
            document.GetProperty("table").GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("kind").GetString()));
        Assert.Equal(90, ToolRun.Json(["evaluate", _folder.PathOf("model.zip"), .. query]).GetProperty("rows").GetInt32());
        Assert.Contains(
            "The database refuses the query: 42703: column \"nothing\" does not exist",
            ToolRun.Fails(ExitCode.BadInput, "train", "-l", "y", "--sql", "select nothing", "--connection", server!),
            StringComparison.Ordinal);
        Assert.Contains(
            "The database cannot be reached: ",
            ToolRun.Fails(ExitCode.BadInput, "train", "-l", "y", "--sql", "select 1", "--connection", "Host=127.0.0.1;Port=1;Username=x"),
            StringComparison.Ordinal);
    }

    private static double Area(int row) => 40.5 + row * 37 % 83;

    private static int Rooms(int row) => 1 + row * 3 % 6;

    private static string District(int row) => ((string[])["north", "south", "east"])[row % 3];

    private static DateTime Sold(int row) => new DateTime(2021, 3, 1).AddDays(row * 29 % 700);

    private static double Price(int row) => Area(row) * (2 + row % 3) + Rooms(row) + 0.25;

    private string Csv(int first, int count)
    {
        string path = _folder.PathOf("rows.csv");
        File.WriteAllText(path, string.Join(",", Names) + "\n" + string.Concat(Enumerable.Range(first, count).Select(row =>
            FormattableString.Invariant($"{Area(row)},{Rooms(row)},{District(row)},{Sold(row):yyyy-MM-dd},")
                + FormattableString.Invariant($"{(row % 4 == 0 ? "true" : "false")},{Price(row)}\n"))));
        return path;
    }

    private string[] ScoresOf(string model, string name, string data)
    {
        string scored = _folder.PathOf($"{name}.scored.csv");
        var run = ToolRun.Of("predict", model, data, "--out", scored);
        Assert.True(run.IsDone, run.Error);
        return [.. File.ReadLines(scored).Skip(1).Select(line => line.Split(',')[^1])];
    }

    private async Task WriteParquet(string name, int first, int count)
    {
        DataField[] fields =
        [
            new("area", typeof(double), isNullable: false), new("rooms", typeof(int), isNullable: true),
            new("district", typeof(string), isNullable: true), new("sold", typeof(DateOnly), isNullable: false),
            new("garden", typeof(bool), isNullable: false), new("price", typeof(double), isNullable: false),
        ];
        int[] rows = [.. Enumerable.Range(first, count)];
        using FileStream file = File.Create(_folder.PathOf(name));
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields), file, cancellationToken: TestContext.Current.CancellationToken);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await group.WriteAsync<double>(fields[0], rows.Select(Area).ToArray());
        await group.WriteAsync<int>(fields[1], rows.Select(row => (int?)Rooms(row)).ToArray());
        await group.WriteAsync(fields[2], rows.Select(District).ToArray());
        await group.WriteAsync<DateOnly>(fields[3], rows.Select(row => DateOnly.FromDateTime(Sold(row))).ToArray());
        await group.WriteAsync<bool>(fields[4], rows.Select(row => row % 4 == 0).ToArray());
        await group.WriteAsync<double>(fields[5], rows.Select(Price).ToArray());
    }

    private static void Fill(DbConnection connection, string price, string flag = "text", string date = "date")
    {
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "drop table if exists homes; create table homes (id integer primary key, area double precision, "
            + $"rooms integer, district text, sold {date}, garden {flag}, price {price});"
            + string.Concat(Enumerable.Range(0, 90).Select(row =>
                string.Create(CultureInfo.InvariantCulture, $"insert into homes values ({row}, {Area(row)}, {Rooms(row)}, ")
                + $"'{District(row)}', '{Sold(row):yyyy-MM-dd}', '{(row % 4 == 0 ? "true" : "false")}', "
                + string.Create(CultureInfo.InvariantCulture, $"{Price(row)});")));
        command.ExecuteNonQuery();
    }
}
