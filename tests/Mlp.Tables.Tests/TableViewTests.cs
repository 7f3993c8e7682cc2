using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tables.Tests;

/// <summary>The view gives what the description promises, and what ML.NET's own loader gives of the files that it reads, too.</summary>
public sealed class TableViewTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> ReadAsTheyAre => new()
    {
        { "plain", "a,b,c\n1,2.5,x\n-3,4e2,y\n5,.5,x\n" },
        { "no header", "1,2.5,x\n-3,4e2,y\n5,6.,x\n" },
        { "CR LF", "a,b\r\n1,x\r\n2,y\r\n3,x\r\n" },
        { "CR", "a,b\r1,x\r2,y\r3,x\r" },
        { "no line end at the end", "a,b\n1,x\n2,y\n3,x" },
        { "empty lines", "a,b\n\n1,x\n\n\n2,y\n3,x\n\n" },
        { "empty fields", "a,b,c\n1,,x\n,2,\n3,4,x\n" },
        { "missing numbers", "a,b\n1,NA\n2,?\n3,n/a\n4,NaN\n5,null\n6,none\n7,-\n8,.\n9,1.5\n10,unknown\n" },
        { "question marks among categories", "a,b\n1,?\n2,x\n3,?\n4,x\n" },
        { "quotes", "a,b\n1,\"x, y\"\n2,\"say \"\"so\"\"\"\n3,\"x, y\"\n4,\"say \"\"so\"\"\"\n" },
        { "quoted numbers", "\"a\",\"b\"\n\"1\",\"x\"\n\"2.5\",\"y\"\n\"3\",\"x\"\n" },
        { "quotes within", "a,b\n1,6\" pipe\n2,6\" pipe\n3,8\" pipe\n4,8\" pipe\n" },
        { "blanks in front", "a, b\n1, x\n2, y\n 3, x\n" },
        { "blanks behind numbers", "a ,b\n1 ,x\n2 ,y\n3 ,x\n" },
        { "semicolons and decimal commas", "a;b;c\n1,5;2;x\n2,25;3;y\n,5;4;x\n" },
        { "tabs", "a\tb\n1\tx\n\ty\n3\tx\n" },
        { "bars", "a|b\n1|x\n2|y\n3|x\n" },
        { "quoted decimal commas between commas", "a,b\n\"1,5\",x\n\"2,25\",y\n\"3,1\",x\n" },
        { "trailing separators", "a,b,\n1,x,\n2,y,\n3,x,\n" },
        { "byte order mark", "\uFEFFa,b\n1,x\n2,y\n3,x\n" },
        { "letters beyond ASCII", "größe,stück\n1,é\n2,日本\n3,é\n4,日本\n" },
        { "comments in front", "# made by hand\n# twice\na,b\n1,x\n2,y\n3,x\n" },
        { "one column", "a\n1\n2.5\n3\n" },
        { "integers with signs", "a,b\n+1,x\n-2,y\n+3,x\n" },
        { "tiny and large", "a,b\n1e-30,x\n1e30,y\n12345678901234567890123,x\n" },
    };

    [Theory]
    [MemberData(nameof(ReadAsTheyAre))]
    public void Load_PlainFile_GivesWhatIsDescribed_AndWhatMLNetLoads(string name, string text)
    {
        var table = _folder.Inspect(text);

        LoadedTable.AssertAsDescribed(table);
        if (name != "comments in front")
            LoadedTable.AssertAsLoaded(table);
    }

    public static TheoryData<string, string> BeyondMLNetsLoader => new()
    {
        { "lines of blanks", "a,b\n1,x\n  \n2,y\n3,x\n" },
        { "line breaks in quotes", "a,b\n1,\"x\ny\"\n2,\"x\r\ny\"\n3,z\n4,z\n" },
        { "rows like comments", "a,b\n//x,1\n//x,2\n//y,3\n//y,4\n" },
        { "header with #", "#a,b\n1,x\n2,y\n3,x\n" },
        { "blanks behind texts", "a,b\n1,x \n2,x\n3,x\n4,y\n5,y\n" },
        { "blanks in quotes", "a,b\n1,\" x\"\n2,x\n3,y\n4,y\n" },
        { "quoted blanks in front of numbers", "a,b\n\" 12\",x\n13,x\n14,y\n15,y\n" },
        { "tabs in front of numbers", "a,b\n\t12,x\n13,x\n14,y\n15,y\n" },
        { "tabs beside quotes", "a,b\n1,\t\"x\"\n2,\"x\"\t\n3,y\n4,y\n" },
        { "infinite numbers", "a,b\n1,Infinity\n2,-inf\n3,1e39\n4,5\n" },
        { "dates", "a,b\n1,2020-01-31\n2,1999-12-31 12:00\n3,\n4,2000-02-29T01:02:03Z\n" },
        { "both decimal marks", "a;b;c\n1,5;1.5;x\n2,5;2.5;y\n3,5;3.5;x\n" },
    };

    [Theory]
    [MemberData(nameof(BeyondMLNetsLoader))]
    public void Load_OtherFile_GivesWhatIsDescribed(string name, string text)
    {
        var table = _folder.Inspect(text);

        LoadedTable.AssertAsDescribed(table);
        Assert.True(Record.Exception(() => LoadedTable.AssertAsLoaded(table)) is not null, $"{name}: ML.NET's loader reads it as well.");
    }

    [Theory]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Load_Utf16_GivesWhatIsDescribed(string encoding, bool hasMark)
    {
        var found = Encoding.GetEncoding(encoding);
        byte[] text = found.GetBytes("größe,b\n1,é\n2,日本\n3,é\n4,日本\n");

        var table = _folder.Inspect(hasMark ? [.. found.GetPreamble(), .. text] : text);

        Assert.Equal("größe", table.Columns[0].Name);
        LoadedTable.AssertAsDescribed(table);
    }

    [Fact]
    public void Load_Windows1252_GivesWhatIsDescribed()
    {
        const byte Euro = 0x80;
        byte[] text = [.. Encoding.Latin1.GetBytes("größe,b\n1,é\n2,"), Euro, .. Encoding.Latin1.GetBytes("\n3,x\n4,x\n5,é\n6,"), Euro,
            (byte)'\n'];

        var table = _folder.Inspect(text);

        Assert.Equal("Windows-1252", table.EncodingName);
        Assert.Equal("größe", table.Columns[0].Name);
        Assert.Equal(["é", "€", "x"], table.Columns[1].Examples);
        Assert.Contains(table.Warnings, warning =>
            warning.Code == "encoding" && warning.Message.Contains("Line 1 has byte 0xF6", StringComparison.Ordinal));
        LoadedTable.AssertAsDescribed(table);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("zstd, two frames")]
    public void Load_Compressed_GivesWhatIsDescribed(string how)
    {
        (byte[] first, byte[] second) = ("a,b\n1,x\n2,"u8.ToArray(), "y\n3,x\n"u8.ToArray());
        byte[] bytes = how switch
        {
            "gzip" => TableFolder.Gzip([.. first, .. second]),
            "zstd" => TableFolder.Zstd([.. first, .. second]),
            _ => [.. TableFolder.Zstd(first), .. TableFolder.Zstd(second)],
        };

        var table = _folder.Inspect(bytes);

        Assert.True(table.IsCompressed);
        Assert.Equal(3, table.RowCount);
        LoadedTable.AssertAsDescribed(table);
    }

    [Fact]
    public void Load_PathLikeAPattern_IsThatOfOneFile()
    {
        string path = _folder.Write("a,b\n1,x\n2,y\n3,x\n", "a+b.csv");
        _folder.Write("a,b\n7,x\n", "b.csv");

        LoadedTable.AssertAsDescribed(TableFile.Inspect(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_RowsWithoutLabel_AreLeftOut(bool isRegression)
    {
        var task = isRegression ? TableTask.Regression : TableTask.Multiclass;
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i * i},{(i % 7 == 3 ? "NA" : i % 5)}\n"));

        var table = _folder.Inspect("a,y\n" + rows + "5,\n", new TableOptions { Label = "y", Task = task });

        Assert.Equal(5, table.Label!.MissingCount);
        Assert.Equal([5, 12, 19, 26, 32], table.Label.MissingLines);
        LoadedTable.AssertAsDescribed(table);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ShippedTables_GivesWhatIsDescribed(bool compressed)
    {
        foreach (string path in Directory.EnumerateFiles(SharedTables.Samples, "*.csv"))
        {
            byte[] bytes = File.ReadAllBytes(path);

            var table = _folder.Inspect(compressed ? TableFolder.Gzip(bytes) : bytes);

            LoadedTable.AssertAsDescribed(table);
            if (!compressed)
                LoadedTable.AssertAsLoaded(table);
        }
    }

    [Fact]
    public void Load_ColumnsThatAreAskedFor_GetTheirNamesAndTypes()
    {
        var table = _folder.Inspect("a,b,c,d,k\n1,2,3,2020-01-31,x\n4,NA,6,1970-01-02,y\n5,2,3,2020-01-31,x\n");

        IDataView view = TableFile.Load(table,
        [
            TableColumn.Number("pair", "c", "b"), TableColumn.Text("as text", "a"), TableColumn.Number("a"), TableColumn.Date("day", "d"),
            TableColumn.Missing("none", isText: false), TableColumn.Missing("nothing", isText: true),
        ]);

        Assert.Equal(["pair", "as text", "a", "day", "none", "nothing"], view.Schema.Select(column => column.Name));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["pair"].Type);
        VBuffer<ReadOnlyMemory<char>> slots = default;
        view.Schema["pair"].GetSlotNames(ref slots);
        Assert.Equal(["c", "b"], slots.DenseValues().Select(name => name.ToString()));
        Assert.Equal([[3, 2], [6, float.NaN], [3, 2]], view.GetColumn<float[]>("pair"));
        Assert.Equal(["1", "4", "5"], view.GetColumn<string>("as text"));
        Assert.Equal([1, 4, 5], view.GetColumn<float>("a"));
        Assert.Equal([18292, 1, 18292], view.GetColumn<float>("day"));
        Assert.All(view.GetColumn<float>("none"), value => Assert.Equal(float.NaN, value));
        Assert.All(view.GetColumn<string>("nothing"), value => Assert.Equal("", value));
    }

    [Fact]
    public void Load_ByPath_TakesKindsFromTheColumns()
    {
        string path = _folder.Write("id,when,k,y\n"
            + string.Concat(Enumerable.Range(0, 20).Select(row => $"{row},0{1 + row % 9}/02/2020,{row % 3},{row % 2}\n")));

        IDataView view = TableFile.Load(path, new TableOptions { Label = "y" },
            [TableColumn.Number("id"), TableColumn.Date("when", form: DateForm.MonthFirst), TableColumn.Text("k"), TableColumn.Text("y")]);

        Assert.Equal(Enumerable.Range(0, 20).Select(row => (float)row), view.GetColumn<float>("id"));
        Assert.Equal((float)(new DateTime(2020, 3, 2) - DateTime.UnixEpoch).TotalDays, view.GetColumn<float>("when").ElementAt(2));
        Assert.Equal("2", view.GetColumn<string>("k").ElementAt(2));
        // By itself the file does not tell what its dates are, but they repeat.
        Assert.Equal(["when", "k", "y"], TableFile.Load(path, new TableOptions { Label = "y" }).Schema.Select(column => column.Name));
    }

    [Fact]
    public void Load_ColumnsThatCannotBe_SayWhy()
    {
        var table = _folder.Inspect("a,b\n1,x\n2,y\n3,x\n4,y\n");

        Assert.Contains("has no column 'c'. The columns are a, b", Fail(TableColumn.Number("c")));
        Assert.Contains("Column 'b' of", Fail(TableColumn.Number("b")));
        Assert.Contains("is a category, and is asked for as a number", Fail(TableColumn.Number("b")));
        Assert.Contains("is a number, and is asked for as a date", Fail(TableColumn.Date("a")));
        Assert.Contains("Two columns have the name 'a'", Fail(TableColumn.Number("a"), TableColumn.Text("a")));

        string Fail(params TableColumn[] columns) => Assert.Throws<ArgumentException>(() => TableFile.Load(table, columns)).Message;
    }

    [Fact]
    public void Cursors_GoSideBySide_AndAgain()
    {
        IDataView view = TableFile.Load(_folder.Inspect(
            "a,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(row => $"{row}.5,k{row % 7}\n"))));

        float[][] read = new float[4][];
        Parallel.For(0, read.Length, index => read[index] = [.. view.GetColumn<float>("a")]);
        using DataViewRowCursor first = view.GetRowCursor(view.Schema), second = Assert.Single(view.GetRowCursorSet(view.Schema, 3));
        Assert.True(first.MoveNext() && first.MoveNext() && second.MoveNext());

        Assert.All(read, column => Assert.Equal(Enumerable.Range(0, 5000).Select(row => row + 0.5f), column));
        Assert.Equal((1.5f, 0.5f), (Value(first), Value(second)));
        Assert.Equal((1, 0), (first.Position, second.Position));

        float Value(DataViewRow row)
        {
            float value = 0;
            row.GetGetter<float>(view.Schema["a"])(ref value);
            return value;
        }
    }

    [Fact]
    public void Cursor_UsedWrongly_SaysHow()
    {
        IDataView view = TableFile.Load(_folder.Inspect("a,b\n1,x\n2,y\n3,x\n"));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["a"]]);
        float value = 0;

        Assert.False(cursor.IsColumnActive(view.Schema["b"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["b"]));
        Assert.Contains("Column 'a' is Single", Assert.Throws<ArgumentException>(() => cursor.GetGetter<double>(view.Schema["a"])).Message);
        ValueGetter<float> getter = cursor.GetGetter<float>(view.Schema["a"]);
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        while (cursor.MoveNext())
            getter(ref value);
        Assert.Equal((3, -1), (value, cursor.Position));
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Cursor_OfAFileThatChanged_SaysSo()
    {
        IDataView view = TableFile.Load(_folder.Inspect("a,b\n1,x\n2,x\n3,y\n4,y\n"));

        _folder.Write("a,b\n1,x\n2,x\n3,y\n");
        Assert.Contains("has changed since", Assert.Throws<TableException>(() => view.GetColumn<float>("a").Count()).Message);
        _folder.Write("a,b\n1,x\n2,x\n3\n");
        Assert.Equal(4, Assert.Throws<TableException>(() => view.GetColumn<float>("a").Count()).Line);
        File.Delete(_folder.Write(""));
        Assert.Contains("does not exist", Assert.Throws<TableException>(() => view.GetColumn<float>("a").Count()).Message);
    }

    [Fact]
    public void Cursor_OfALongFile_KeepsNothing()
    {
        IDataView view = TableFile.Load(_folder.Inspect(
            "a,b,k\n" + string.Concat(Enumerable.Range(0, 60_000).Select(row => $"{row}.5,{row % 7},k{row % 9}\n"))));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["a"], view.Schema["b"]]);
        ValueGetter<float> first = cursor.GetGetter<float>(view.Schema["a"]), second = cursor.GetGetter<float>(view.Schema["b"]);
        float value = 0, sum = 0;

        long before = GC.GetAllocatedBytesForCurrentThread();
        while (cursor.MoveNext())
        {
            first(ref value);
            second(ref value);
            sum += value;
        }
        Assert.True(sum > 100_000);
        // The buffers of the file, and no more for 60,000 rows.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600_000);
    }
}
