using System.Text;
using Mlp.TestSupport;
using Mlp.Tool.Tables;

namespace Mlp.Tool.Tests.Tables;

/// <summary>What the description promises is what ML.NET's loader yields, from the original file wherever that is possible.</summary>
public sealed class LoaderAgreementTests : IDisposable
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
    public void Load_OriginalFile_GivesWhatIsDescribed(string name, string text)
    {
        var table = _folder.Inspect(text);

        Assert.True(!table.NeedsCleanCopy, $"{name}: {string.Join(" ", table.CleanCopyReasons)}");
        LoadedTable.AssertAsDescribed(table);
    }

    public static TheoryData<string, string, string> ReadThroughACopy => new()
    {
        { "lines of blanks", "a,b\n1,x\n  \n2,y\n3,x\n", "lines of blanks" },
        { "line breaks in quotes", "a,b\n1,\"x\ny\"\n2,\"x\r\ny\"\n3,z\n4,z\n", "line breaks" },
        { "rows like comments", "a,b\n//x,1\n//x,2\n//y,3\n//y,4\n", "comments" },
        { "header with #", "#a,b\n1,x\n2,y\n3,x\n", "comments" },
        { "blanks behind texts", "a,b\n1,x \n2,x\n3,x\n4,y\n5,y\n", "blanks around" },
        { "blanks in quotes", "a,b\n1,\" x\"\n2,x\n3,y\n4,y\n", "blanks around" },
        { "quoted blanks in front of numbers", "a,b\n\" 12\",x\n13,x\n14,y\n15,y\n", "in front of its numbers" },
        { "tabs in front of numbers", "a,b\n\t12,x\n13,x\n14,y\n15,y\n", "in front of its numbers" },
        { "tabs beside quotes", "a,b\n1,\t\"x\"\n2,\"x\"\t\n3,y\n4,y\n", "tabs beside quotes" },
        { "infinite numbers", "a,b\n1,Infinity\n2,-inf\n3,1e39\n4,5\n", "infinite" },
        { "dates", "a,b\n1,2020-01-31\n2,1999-12-31 12:00\n3,\n4,2000-02-29T01:02:03Z\n", "dates" },
        { "both decimal marks", "a;b;c\n1,5;1.5;x\n2,5;2.5;y\n3,5;3.5;x\n", "decimal comma" },
    };

    [Theory]
    [MemberData(nameof(ReadThroughACopy))]
    public void Load_CleanCopy_GivesWhatIsDescribed(string name, string text, string reason)
    {
        var table = _folder.Inspect(text);

        Assert.Contains(table.CleanCopyReasons, found => found.Contains(reason, StringComparison.Ordinal));
        LoadedTable.AssertAsDescribed(table);
        Assert.False(LoadedTable.IsAsDescribed(table with { CleanCopyReasons = [] }), $"{name}: the original would have done.");
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

        Assert.Equal(!hasMark, table.NeedsCleanCopy);
        Assert.Equal("größe", table.Columns[0].Name);
        LoadedTable.AssertAsDescribed(table);
    }

    [Fact]
    public void Load_Windows1252_GivesWhatIsDescribed()
    {
        const byte Euro = 0x80;
        byte[] text = [.. Encoding.Latin1.GetBytes("größe,b\n1,é\n2,"), Euro, .. Encoding.Latin1.GetBytes("\n3,x\n4,x\n5,é\n6,"), Euro, (byte)'\n'];

        var table = _folder.Inspect(text);

        Assert.Equal("Windows-1252", table.EncodingName);
        Assert.Equal("größe", table.Columns[0].Name);
        Assert.Equal(["é", "€", "x"], table.Columns[1].Examples);
        Assert.Contains(table.Warnings, warning => warning.Code == "encoding" && warning.Message.Contains("Line 1 has byte 0xF6", StringComparison.Ordinal));
        LoadedTable.AssertAsDescribed(table);
    }

    [Fact]
    public void Load_Compressed_GivesWhatIsDescribed()
    {
        byte[] text = TableFolder.Gzip("a,b\n1,x\n2,y\n3,x\n"u8.ToArray());

        var table = _folder.Inspect(text);

        Assert.Equal(["It is compressed with gzip."], table.CleanCopyReasons);
        LoadedTable.AssertAsDescribed(table);
    }

    [Fact]
    public void Load_PathThatTheLoaderTakesForAPattern_GivesWhatIsDescribed()
    {
        string path = _folder.Write("a,b\n1,x\n2,y\n3,x\n", "a+b.csv");
        _folder.Write("a,b\n7,x\n", "b.csv");

        var table = TableFile.Inspect(path, new TableOptions());

        Assert.True(table.NeedsCleanCopy);
        LoadedTable.AssertAsDescribed(table);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ShippedTables_GivesWhatIsDescribed(bool compressed)
    {
        foreach (string path in Directory.EnumerateFiles(SharedTables.Samples, "*.csv"))
        {
            byte[] bytes = File.ReadAllBytes(path);

            var table = _folder.Inspect(compressed ? TableFolder.Gzip(bytes) : bytes);

            Assert.Equal(compressed, table.NeedsCleanCopy);
            LoadedTable.AssertAsDescribed(table);
        }
    }

    [Fact]
    public void OpenForLoading_DeletesTheCopy_AndNotTheOriginal()
    {
        var table = _folder.Inspect("a,b\n1,x \n2,x\n3,y\n4,y\n");
        string copy;
        using (var loadable = TableFile.OpenForLoading(table))
        {
            copy = loadable.Path;
            Assert.Equal("a,b\n1,x\n2,x\n3,y\n4,y\n", File.ReadAllText(copy));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        }
        Assert.False(File.Exists(copy));
        TableFile.OpenForLoading(table with { CleanCopyReasons = [] }).Dispose();
        Assert.True(File.Exists(table.Path));
    }

    [Fact]
    public void OpenForLoading_FileThatChanged_SaysSo_AndLeavesNothingBehind()
    {
        using var temporary = new TemporaryFolder();
        var table = _folder.Inspect("a,b\n1,x \n2,x\n3,y\n4,y\n");

        _folder.Write("a,b\n1,x \n2,x\n3,y\n");
        Assert.Contains("is not what it was", Assert.Throws<TableException>(() => TableFile.OpenForLoading(table, temporary.FullPath)).Message);
        _folder.Write("a,b\n1,x \n2,x\n3\n");
        Assert.Equal(4, Assert.Throws<TableException>(() => TableFile.OpenForLoading(table, temporary.FullPath)).Line);

        Assert.Empty(temporary.FileNames);
    }

    [Fact]
    public void OpenForLoading_Cancelled_LeavesNothingBehind()
    {
        using var temporary = new TemporaryFolder();
        var table = _folder.Inspect("a,b\n1,x \n2,x\n3,y\n4,y\n");

        Assert.ThrowsAny<OperationCanceledException>(() => TableFile.OpenForLoading(table, temporary.FullPath, new CancellationToken(canceled: true)));

        Assert.Empty(temporary.FileNames);
    }

    [Fact]
    public void OpenForLoading_FolderThatDoesNotExist_SaysWhere()
    {
        var table = _folder.Inspect("a,b\n1,x \n2,x\n3,y\n4,y\n");

        var exception = Assert.Throws<TableException>(() => TableFile.OpenForLoading(table, Path.Combine(Path.GetTempPath(), "no such folder")));

        Assert.Contains("no such folder", exception.Message);
    }
}
