using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables.Descriptions;
using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;
using Parquet;
using Parquet.Schema;

namespace Mlp.Tables.Tests;

public sealed class ParquetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_TakesTypesAndMissingValuesFromTheSchema()
    {
        TableDescription table = TableFile.Inspect(Sample(), new TableOptions { Label = "label" });

        Assert.Equal((TableFormat.Parquet, 60L, 6L), (table.Format, table.RowCount, table.Label!.MissingCount));
        Assert.Equal(
            [("age", ColumnKind.Number, 9), ("income", ColumnKind.Number, 10), ("height", ColumnKind.Number, 0),
                ("price", ColumnKind.Number, 0), ("member", ColumnKind.Category, 12), ("city", ColumnKind.Category, 6),
                ("zip", ColumnKind.Category, 0), ("bought", ColumnKind.Date, 5), ("id", ColumnKind.Identifier, 0),
                ("picture", ColumnKind.Ignored, 60), ("label", ColumnKind.Label, 6)],
            table.Columns.Select(column => (column.Name, column.Kind, (int)column.MissingCount)));
        Assert.Equal(TableTask.Binary, table.Label.Task);
        Assert.Equal(
            ["Aachen", "Bonn", "Köln"],
            ReadColumn(table, "city").Where(city => city.Length > 0).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(DatePart.Weekday, table.Columns[7].DateParts);
        // All digits of what a Single cannot hold.
        Assert.Equal("100000000003", ReadColumn(table, "id")[0]);
    }

    [Fact]
    public void Load_GivesTheValuesOfEveryGroupAndFile()
    {
        string[] paths = [_folder.PathOf("a.parquet"), _folder.PathOf("b.parquet")];
        ParquetSample.Write(paths[0], 0, 7, 0, 1, 20);
        ParquetSample.Write(paths[1], 28, 32);
        foreach (TableDescription table in (TableDescription[])[
            TableFile.Inspect(Sample(), new TableOptions { Label = "label" }),
            TableFile.Inspect(paths, new TableOptions { Label = "label" })])
        {
            IDataView view = TableFile.Load(table);
            int[] rows = [.. Enumerable.Range(0, ParquetSample.RowCount).Where(row => ParquetSample.Label(row) is not null)];
            Assert.Equal(rows.Length, view.GetRowCount());
            Assert.Equal(rows.Select(row => (float)(ParquetSample.Age(row) ?? double.NaN)), view.GetColumn<float>("age"));
            Assert.Equal(rows.Select(row => (float)(ParquetSample.Income(row) ?? double.NaN)), view.GetColumn<float>("income"));
            Assert.Equal(rows.Select(row => (float)(9.99 + row * 3 % 17)), view.GetColumn<float>("price"));
            Assert.Equal(rows.Select(row => ParquetSample.Label(row)!), view.GetColumn<string>("label"));
            Assert.Equal(
                rows.Select(row => row % 5 == 4 ? "" : row % 2 == 0 ? "true" : "false"), view.GetColumn<string>("member"));
            Assert.Equal(
                rows.Select(row => ParquetSample.Bought(row) is DateTime date ? (float)(date - DateTime.UnixEpoch).TotalDays : float.NaN),
                view.GetColumn<float>("bought"));
        }
    }

    [Fact]
    public void Cursors_AreIndependent_AndReadOnlyWhatIsAskedFor()
    {
        IDataView view = TableFile.Load(TableFile.Inspect(Sample(groups: [9, 21, 30])));
        DataViewSchema.Column age = view.Schema["age"];
        using DataViewRowCursor first = view.GetRowCursor([age]), second = view.GetRowCursor(view.Schema);
        ValueGetter<float> firstAge = first.GetGetter<float>(age), secondAge = second.GetGetter<float>(age);
        for (int row = 0; row < 40; row++)
            Assert.True(first.MoveNext());
        Assert.True(second.MoveNext());
        float value = 0;
        firstAge(ref value);
        Assert.Equal(ParquetSample.Age(39), (int)value);
        secondAge(ref value);
        Assert.Equal(ParquetSample.Age(0), (int)value);
        Assert.Throws<ArgumentOutOfRangeException>(() => first.GetGetter<float>(view.Schema["income"]));
    }

    [Fact]
    public void Options_OverrideTheSchema()
    {
        TableDescription table = TableFile.Inspect(Sample(), new TableOptions
        {
            Label = "price",
            Kinds = TableFolder.Kinds(("zip", ColumnKind.Number), ("age", ColumnKind.Category), ("city", ColumnKind.Ignored)),
        });
        Assert.Equal(TableTask.Regression, table.Label!.Task);
        Assert.Equal([5000f, 5001f], TableFile.Load(table).GetColumn<float>("zip").Take(2));
        Assert.Equal("20", TableFile.Load(table).GetColumn<string>("age").First());
        Assert.DoesNotContain(table.Columns, column => column is { Name: "city", Kind: not ColumnKind.Ignored });
    }

    [Fact]
    public async Task NestedColumns_AreNamed_AndCanBeLeftOut()
    {
        string path = _folder.PathOf("nested.parquet");
        var tags = new ListField("tags", new DataField("element", typeof(int), isNullable: false));
        var x = new DataField("x", typeof(double), isNullable: false);
        await WriteAsync();

        var options = new TableOptions { Names = OptionNames.CommandLine };
        var exception = Assert.Throws<TableException>(() => TableFile.Inspect(path, options));
        Assert.Equal(
            $"{path}, column 'tags' is a list of values in each row; a column has one value in each row. Write the file with a column for "
                + "each value, or leave it out with --ignore tags.", exception.Message);
        Assert.Equal("tags", exception.Column);
        TableDescription table = TableFile.Inspect(path, options with { Kinds = TableFolder.Kinds(("tags", ColumnKind.Ignored)) });
        Assert.Equal(["x"], TableFile.Load(table).Schema.Select(column => column.Name));
        Assert.Equal([0.5f, 1.5f], TableFile.Load(table).GetColumn<float>("x"));

        async Task WriteAsync()
        {
            using FileStream file = File.Create(path);
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(x, tags), file);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<double>(x, new[] { 0.5, 1.5 });
            var element = (DataField)tags.Item;
            int[] levels = [.. Enumerable.Repeat(element.MaxDefinitionLevel, 3)];
            await group.WriteAllPartsAsync<int>(
                element, new[] { 1, 2, 3 }, (ReadOnlyMemory<int>)levels, (ReadOnlyMemory<int>)new[] { 0, 1, 0 }, CancellationToken.None);
        }
    }

    [Fact]
    public async Task FilesThatDoNotBelongTogether_AreNamed()
    {
        string sample = Sample(), other = _folder.PathOf("other.parquet"), text = _folder.PathOf("text.csv");
        File.WriteAllText(text, "a,b\n1,2\n");
        await WriteAsync();
        Assert.StartsWith(
            $"{other} has other columns than {sample}: it lacks age (integer), income (number),",
            Assert.Throws<TableException>(() => TableFile.Inspect([sample, other])).Message);
        Assert.Equal(
            $"{text} is no Parquet file, and {sample} is one; files that are read as one table are of one kind.",
            Assert.Throws<TableException>(() => TableFile.Inspect([sample, text])).Message);
        string missing = _folder.PathOf("missing.parquet");
        Assert.StartsWith(
            $"{missing} does not exist.", Assert.Throws<TableException>(() => TableFile.Inspect([sample, missing])).Message);

        async Task WriteAsync()
        {
            var age = new DataField("age", typeof(string), isNullable: false);
            using FileStream file = File.Create(other);
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(age), file);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(age, new[] { "20" });
        }
    }

    [Fact]
    public void Patterns_FindFilesInTheOrderOfTheirNames()
    {
        foreach (string name in (string[])["b.parquet", "a.parquet", "c.csv"])
            File.WriteAllText(_folder.PathOf(name), "");
        Assert.Equal([_folder.PathOf("a.parquet"), _folder.PathOf("b.parquet")], TableFile.FilesOf(_folder.PathOf("*.parquet")));
        Assert.Equal([_folder.PathOf("c.csv")], TableFile.FilesOf(_folder.PathOf("?.csv")));
        Assert.Equal(["no-pattern.csv"], TableFile.FilesOf("no-pattern.csv"));
        string nothing = _folder.PathOf("*.txt");
        Assert.StartsWith($"No file is called {nothing}.", Assert.Throws<TableException>(() => TableFile.FilesOf(nothing)).Message);
    }

    [Fact]
    public void AFileThatChanges_IsNoticed()
    {
        string path = Sample();
        IDataView view = TableFile.Load(TableFile.Inspect(path));
        ParquetSample.Write(path, 0, 59);
        var exception = Assert.Throws<TableException>(() => view.GetColumn<float>("age").Count());
        Assert.Contains("has 59 rows, and had 60 when it was inspected.", exception.Message);
    }

    /// <summary>Whatever the damage, a message about the file is all that comes of it.</summary>
    [Fact]
    public void DamagedFiles_EndInAMessage()
    {
        string path = Sample(groups: [12, 8]), damaged = _folder.PathOf("damaged.parquet");
        byte[] file = File.ReadAllBytes(path);
        var random = new Random(1);
        int refusedCount = 0;
        for (int turn = 0; turn < 400; turn++)
        {
            byte[] bytes = turn < 20 ? file[..(file.Length * turn / 20)] : ByteDamage.Some(file, file, random);
            if (!bytes.AsSpan().StartsWith("PAR1"u8))
                continue;
            File.WriteAllBytes(damaged, bytes);
            try
            {
                foreach (string[] _ in TableFile.ReadRows(TableFile.Inspect(damaged)))
                {
                }
            }
            catch (TableException exception)
            {
                Assert.StartsWith(damaged, exception.Message);
                refusedCount++;
            }
        }
        Assert.InRange(refusedCount, 100, 400);
    }

    private static string[] ReadColumn(TableDescription table, string name)
    {
        int index = table.Columns.Single(column => column.Name == name).Index;
        return [.. TableFile.ReadRows(table).Select(row => row[index])];
    }

    private string Sample(params int[] groups)
    {
        string path = _folder.PathOf("sample.parquet");
        ParquetSample.Write(path, 0, groups);
        return path;
    }
}
