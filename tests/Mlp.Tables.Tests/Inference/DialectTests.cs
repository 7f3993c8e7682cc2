using Mlp.Tables.Reading;

namespace Mlp.Tables.Tests.Inference;

public sealed class DialectTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("sep=;\r\na;b\r\n1,5;2,5\r\n", ';')]
    [InlineData("a;b\n1;2\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a|b\n1|2\n", '|')]
    [InlineData("1,5;2,5;3,5\n1,5;2,5;3,5\n", ';')]
    [InlineData("1,5\t2,5\n3,5\t4,5\n", '\t')]
    [InlineData("a,b\n1,x;y\n2,z;w\n", ',')]
    [InlineData("a;b\n1;x, y\n2;z\n3;q, r, s\n", ';')]
    [InlineData("name;n\nSmith, John;5\nDoe, Jane;6\n", ';')]
    [InlineData("a,b\n1,\"x;y;z\"\n2,\"p;q;r\"\n", ',')]
    [InlineData("a\n1\n2\n", ',')]
    [InlineData("a,b,c\n1,x;1,y\n2,x;2,y\n", ',')]
    public void Inspect_FindsTheSeparator(string text, char separator) => Assert.Equal(separator, _folder.Inspect(text).Separator);

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", true)]
    [InlineData("1,2\n3,4\n", false)]
    [InlineData("a,2\n3,4\n", true)]
    [InlineData("0,1,label\n1.5,2,1\n2.5,3,0\n", true)]
    [InlineData("1.5,2,x\n2.5,3,y\n", false)]
    [InlineData("5.1,NA,x\n2.5,3,y\n", false)]
    [InlineData("name,city\nann,rome\nbob,oslo\n", true)]
    [InlineData("ann,rome\nbob,oslo\nann,rome\n", false)]
    [InlineData("ann,\nbob,oslo\n", false)]
    [InlineData("x,x\nann,rome\nbob,oslo\n", false)]
    [InlineData("2020-01-31,red\n2020-02-01,green\n", false)]
    [InlineData("day,kind\n2020-01-31,red\n2020-02-01,green\n", true)]
    [InlineData(",a,b\n0,x,y\n1,p,q\n", true)]
    [InlineData("1\n", false)]
    public void Inspect_FindsTheHeader(string text, bool hasHeader)
    {
        var table = _folder.Inspect(text);

        Assert.Equal(hasHeader, table.HasHeader);
        if (!hasHeader)
            Assert.Equal("column1", table.Columns[0].Name);
    }

    [Fact]
    public void Inspect_LabelInTheFirstRow_MakesItAHeader()
    {
        string text = "income,city\n" + string.Concat(
            Enumerable.Range(0, 20).Select(i => $"{(i % 2 == 0 ? "high" : "low")},{(i % 3 == 0 ? "city" : "oslo")}\n"));

        Assert.False(_folder.Inspect(text).HasHeader);
        Assert.True(_folder.Inspect(text, new TableOptions { Label = "income" }).HasHeader);
    }

    [Fact]
    public void Inspect_OptionsWin()
    {
        var table = _folder.Inspect("a;b,c\n1;2,3\n", new TableOptions { Separator = ';', HasHeader = false });

        Assert.Equal((';', false, 2L, 2), (table.Separator, table.HasHeader, table.RowCount, table.Columns.Count));
    }

    [Theory]
    [InlineData("# made by hand\na,b\n1,x\n2,y\n", 1, "a", 2)]
    [InlineData("#,,\n# b\na,b\n1,x\n2,y\n", 2, "a", 2)]
    [InlineData("# made by hand\n# a,b\n1,x\n2,y\n", 1, "a", 2)]
    [InlineData("#a,b\n1,x\n2,y\n", 0, "a", 2)]
    [InlineData("SEP=,\na,b\n1,x\n2,y\n", 1, "a", 2)]
    [InlineData("#1,x\n#2,y\n#3,x\n", 0, "column1", 3)]
    [InlineData("\r\n# made by hand\r\n\r\n// twice\r\n\r\na,b\r\n1,x\r\n2,y\r\n", 4, "a", 2)]
    [InlineData("\n#1,x\n#2,y\n#3,x\n", 0, "column1", 3)]
    [InlineData("//a,b\n1,x\n2,y\n", 0, "a", 2)]
    [InlineData("//x,1\n//y,2\nz,3\n", 0, "column1", 3)]
    public void Inspect_LinesLikeComments_AreCommentsOrRows(string text, int skipped, string name, int rows)
    {
        var table = _folder.Inspect(text);

        Assert.Equal((skipped, name, (long)rows), (table.SkippedLineCount, table.Columns[0].Name, table.RowCount));
        LoadedTable.AssertAsDescribed(table);
    }

    [Fact]
    public void Inspect_NamesThatRepeatOrLack_BecomeUnique()
    {
        var table = _folder.Inspect("a,,a,a (2),a\n1,2,3,4,5\n6,7,8,9,0\n", new TableOptions { HasHeader = true });

        Assert.Equal(["a", "column2", "a (2)", "a (2) (2)", "a (3)"], table.Columns.Select(column => column.Name));
        Assert.Contains(table.Warnings, warning => warning.Code == "duplicate-name" && warning.Columns.SequenceEqual(["a"]));
    }

    [Fact]
    public void Inspect_ManyColumnsOfOneName_IsQuick()
    {
        string header = string.Join(',', Enumerable.Repeat("a", 50_000)), row = string.Join(',', Enumerable.Repeat("1", 50_000));

        Assert.Equal("a (50000)", _folder.Inspect($"{header}\n{row}\n{row}\n").Columns[^1].Name);
    }

    [Fact]
    public void Inspect_FileLongerThanTheHead_IsReadToItsEnd()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i},{i % 7}.5\n"));
        Assert.True(text.Length > 2 * TableLimits.HeadBytes);

        var table = _folder.Inspect(text);

        Assert.Equal((60_000, 59_999), (table.RowCount, table.Columns[0].Maximum));
        Assert.True(table.Columns[0].DistinctCountIsCapped);
    }
}
