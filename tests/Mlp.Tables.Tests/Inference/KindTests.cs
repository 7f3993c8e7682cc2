namespace Mlp.Tables.Tests.Inference;

public sealed class KindTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string[]> Columns => new()
    {
        { "x", "Number", ["1.5", "-2", "3e5", ".5"] },
        { "x", "Number", ["1", "2", "1", "2"] },
        { "x", "Number", ["1", "NA", "", "?", "null", "2"] },
        { "x", "Category", ["red", "green", "red", "green"] },
        { "x", "Category", ["red", "none", "red", "none"] },
        { "x", "Category", ["yes", "?", "yes", "yes"] },
        { "x", "Category", ["a1", "7", "a1", "7"] },
        { "x", "Date", ["2020-01-31", "2020-02-01", "1999/12/31"] },
        { "x", "Date", ["31.01.2020", "1.2.2020", "NA"] },
        { "x", "Date", ["31/01/2020", "01/02/2020"] },
        { "x", "Date", ["01/31/2020", "01/02/2020"] },
        { "x", "Date", ["3 Jan 2020", "4 February 2021", "5-Mar-2022"] },
        { "x", "Date", ["\"Jan 3, 2020\"", "\"Feb 4, 2021\""] },
        { "x", "Unreadable", ["01/02/2020", "03/02/2020"] },
        { "x", "Unreadable", ["1,5", "2.5"] },
        { "x", "Constant", ["7", "7", "7"] },
        { "x", "Constant", ["7", "7.0", "7"] },
        { "x", "Constant", ["a", "a", "a"] },
        { "x", "Constant", ["", "", ""] },
        { "x", "Constant", ["NA", "?", ""] },
        { "x", "Number", ["7", "", "7"] },
        { "x", "Number", ["\"1,234\"", "\"12,345\"", "\"1,234,567\""] },
        { "x", "Identifier", Many(i => $"user{i}") },
        { "x", "Identifier", Many(i => $"{i:X8}-{i:X4}") },
        { "x", "Text", Many(i => $"this is text number {i}") },
        { "x", "Text", Many(i => $"{i % 12} words of a text") },
        // Chinese, Japanese, Thai: no blanks between words. Names are short.
        { "x", "Text", Many(i => $"我的快递{i}号还没有到") },
        { "x", "Text", Many(i => $"荷物{i}番がまだ届きません") },
        { "x", "Text", Many(i => $"พัสดุ{i}ยังไม่มา") },
        { "x", "Identifier", Many(i => $"张伟{i}号") },
        { "x", "Category", Many(i => $"我的快递{i % 5}号还没有到") },
        { "x", "Identifier", Many(i => $"naïveté-côté{i}") },
        { "x", "Category", Many(i => $"{i % 8} words of a text") },
        { "x", "Category", Many(i => $"word{i % 15}") },
        { "x", "Identifier", Many(i => $"word{i % 18}") },
        { "x", "Identifier", Many(i => $"First{i} Last{i}") },
        { "x", "Category", Many(i => $"word{i % 8}") },
        { "x", "Number", Many(i => $"{i + 1}") },
        { "id", "Identifier", Many(i => $"{i + 1}") },
        { "user_id", "Identifier", Many(i => $"{7 * i % 20 + 1000}") },
        { "", "Number", Many(i => $"{i}") },
        { "id", "Number", Many(i => $"{i % 5}") },
        { "store_id", "Category", Many(i => $"{i % 5}") },
        { "PassengerId", "Identifier", Many(i => $"{1000 + i}") },
        { "Order No", "Identifier", Many(i => i == 3 ? "" : $"{7 * i % 20 + 1000}") },
        { "id", "Identifier", Many(i => $"{Math.Max(i, 1)}") },
        { "humid", "Number", Many(i => $"{i}") },
        { "number_of_rooms", "Number", Many(i => $"{i}") },
        { "row_id_share", "Number", Many(i => $"{i}") },
        { "x", "Category", Many(i => $"0{1949 + i % 3}") },
        { "x", "Category", Many(i => $"{(i % 3 == 0 ? "007" : "12")}") },
        { "x", "Identifier", Many(i => $"0{1949 + i}") },
        { "x", "Number", Many(i => $"0.{1949 + i % 3}") },
        { "x", "Number", Many(i => i % 2 == 0 ? "0" : "1") },
        { "zip code", "Category", Many(i => $"{10115 + i % 3}") },
        { "PLZ", "Category", Many(i => $"{1010 + i % 3}") },
        { "x", "Number", Many(i => $"{10115 + i % 3}") },
        { "year", "Number", Many(i => $"{2001 + i % 9}") },
        { "encoder", "Number", Many(i => $"{2001 + i % 9}") },
        { "id", "Number", Many(i => $"{i}.5") },
    };

    private static string[] Many(Func<int, string> value) => [.. Enumerable.Range(0, 20).Select(value)];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Inspect_FindsTheKind_AndSaysWhy(string name, string kind, string[] values)
    {
        char separator = values.Contains("1,5") ? ';' : ',';

        var column = _folder.Column(values, name: name, separator: separator);

        Assert.Equal(kind, column.Kind.ToString());
        // Which option overrides it is the same for every column, and is said once.
        Assert.DoesNotContain("--category", column.Reason);
        Assert.EndsWith(".", column.Reason);
    }

    [Theory]
    [InlineData(15_000, 3_249, "Category")]
    [InlineData(15_000, 14_500, "Identifier")]
    [InlineData(30_000, 12_000, "Category")]
    [InlineData(30_000, 29_000, "Identifier")]
    public void Inspect_ManyValues_AreACategory_UnlessTheyNameTheRows(int rows, int values, string kind)
    {
        // In an order in which the first values do not come again before all have come.
        var column = _folder.Column([.. Enumerable.Range(0, rows).Select(i => $"N{i % values}")]);

        Assert.Equal(kind, column.Kind.ToString());
        Assert.Equal(values > 10_000, column.DistinctCountIsCapped);
    }

    [Fact]
    public void Inspect_SentencesThatRepeat_AreACategory_UpToAThousand()
    {
        Assert.Equal(ColumnKind.Category, Column(values: 900).Kind);
        Assert.Equal(ColumnKind.Text, Column(values: 1_100).Kind);

        ColumnDescription Column(int values) =>
            _folder.Column([.. Enumerable.Range(0, 5_000).Select(i => $"this is text number {i % values}")]);
    }

    [Theory]
    [InlineData("station", 7, "Category", "codes")]
    [InlineData("customer no", 7, "Category", "codes")]
    [InlineData("station", 10, "Number", null)]
    [InlineData("x", 7, "Number", "possible-codes")]
    [InlineData("list_price", 7, "Number", null)]
    [InlineData("SalePrice", 7, "Number", null)]
    [InlineData("salary", 7, "Number", null)]
    [InlineData("ts", 7, "Number", null)]
    public void Inspect_LongNumbersOfOneLength_AreCodes_WhereTheNameIsOfAThing(string name, int step, string kind, string? warning)
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"{i * 7 % 11}.5,{30012340 + step * (i % 20)}\n")];
        TableDescription table = _folder.Inspect($"n,{name}\n{string.Concat(rows)}");

        Assert.Equal(kind, table.Columns[1].Kind.ToString());
        TableWarning? said = table.Warnings.FirstOrDefault(found => found.Code.EndsWith("codes", StringComparison.Ordinal));
        Assert.Equal(warning, said?.Code);
        if (said != null)
        {
            string quoted = name.Contains(' ') ? $"\"{name}\"" : name;
            Assert.Contains(kind == "Category" ? $"--number {quoted}" : "--category x", said.Message);
        }
    }

    [Fact]
    public void Inspect_RowNumbersInFront_AreAnIdentifier()
    {
        var table = _folder.Inspect(",a\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i % 3}.5\n")));

        Assert.Equal(("column1", ColumnKind.Identifier), (table.Columns[0].Name, table.Columns[0].Kind));
    }

    [Fact]
    public void Inspect_DescribesNumbers()
    {
        var column = _folder.Column(["1.5", "-2", "NA", "", "3e5", "?", "-2", "NA"]);

        Assert.Equal((-2, 3e5), (column.Minimum, column.Maximum));
        Assert.Equal((4, 3, false), (column.MissingCount, column.DistinctCount, column.IsInteger));
        Assert.Equal(["NA", "?"], column.MissingTokens);
        Assert.Equal(["1.5", "-2", "3e5"], column.Examples);
    }

    [Fact]
    public void Inspect_DescribesCategories()
    {
        var column = _folder.Column(["red", "?", "", "red", "none", "?", "red", ""]);

        Assert.Equal((2, 3), (column.MissingCount, column.DistinctCount));
        Assert.Empty(column.MissingTokens);
        Assert.Null(column.Minimum);
    }

    [Fact]
    public void Inspect_DecimalComma_IsSaid()
    {
        var table = _folder.Inspect("a;b\n1,5;x\n2;y\n1.234;x\n".Replace("1.234", "1,234"));

        Assert.Equal((',', ','), (table.DecimalMark, table.Columns[0].DecimalMark));
        Assert.Equal((1.234, 2), (table.Columns[0].Minimum, table.Columns[0].Maximum));
        Assert.Equal('.', table.Columns[1].DecimalMark);
        Assert.DoesNotContain(table.Warnings, warning => warning.Code == "decimal-comma");
        // Without a number that tells, the comma might separate thousands.
        Assert.Contains(_folder.Inspect("a;b\n1,500;x\n2,000;y\n1,234;x\n").Warnings, warning => warning.Code == "decimal-comma");
    }

    [Theory]
    [InlineData("Number", "1")]
    [InlineData("Category", "1")]
    [InlineData("Ignored", "1")]
    [InlineData("Number", "")]
    [InlineData("Date", "")]
    [InlineData("Category", "x")]
    [InlineData("Date", "2020-01-01")]
    [InlineData("Date", "13/01/2020")]
    public void Inspect_KindFromTheOptions_Wins(string kind, string value)
    {
        var given = Enum.Parse<ColumnKind>(kind);

        var column = _folder.Column([value, value], new TableOptions { Kinds = TableFolder.Kinds(("x", given)) });

        Assert.Equal(given, column.Kind);
        Assert.StartsWith("--", column.Reason);
    }

    [Theory]
    [InlineData("Number", "abc", "line 2, column 'x': 'abc' is no number, and neither is any other value")]
    [InlineData("Number", "\"1,234,567.8.9\"", "line 2, column 'x': '1,234,567.8.9' is no number, and neither is any other value")]
    [InlineData("Date", "abc", "line 2, column 'x': 'abc' is no date")]
    [InlineData("Date", "01/02/2020", "line 2, column 'x': '01/02/2020' may be day/month or month/day")]
    [InlineData("Date", "20209931", "column 'x': there are numbers such as 20209931")]
    public void Inspect_KindThatCannotBe_SaysWhere(string kind, string value, string message)
    {
        var options = new TableOptions { Kinds = TableFolder.Kinds(("x", Enum.Parse<ColumnKind>(kind))) };

        Assert.Contains(message, Assert.Throws<TableException>(() => _folder.Column([value, value], options)).Message);
    }

    [Fact]
    public void Inspect_TextsAmongNumbers_AreMissing_WhereTheOptionsSayNumber()
    {
        var options = new TableOptions { Kinds = TableFolder.Kinds(("x", ColumnKind.Number)) };

        var table = _folder.Inspect("n,x\n1.5,7\n2.5,oops\n3.5,8\n", options);

        Assert.Equal((ColumnKind.Number, 1), (table.Columns[1].Kind, table.Columns[1].MissingCount));
        Assert.Contains(table.Warnings, warning =>
            warning.Code == "text-among-numbers" && warning.Message.Contains("first 'oops' in line 3", StringComparison.Ordinal));
        LoadedTable.AssertAsDescribed(table);
    }

    [Fact]
    public void Inspect_DateFormOfAnEarlierTable_DecidesWhereDatesDoNotTell()
    {
        Assert.Equal(DateForm.MonthFirst, Column("05/06/2020", DateForm.MonthFirst).DateForm);
        Assert.Equal(DateForm.DayFirst, Column("05/06/2020", DateForm.DayFirst).DateForm);
        Assert.Equal(DateForm.DayFirst, Column("", DateForm.DayFirst).DateForm);
        Assert.Equal(DateForm.DayFirst, Column("13/06/2020", DateForm.MonthFirst).DateForm);
        Assert.Equal(DateForm.YearFirst, Column("2020-06-05", DateForm.MonthFirst).DateForm);
        Assert.Contains("line 2, column 'x': '05/06/2020' may be day/month or month/day",
            Assert.Throws<TableException>(() => Column("05/06/2020", DateForm.YearFirst)).Message);
        Assert.Throws<ArgumentException>(() => Column("05/06/2020", DateForm.All));

        ColumnDescription Column(string value, DateForm form) => _folder.Column([value, value], new TableOptions
        {
            Kinds = TableFolder.Kinds(("x", ColumnKind.Date)),
            DateForms = new Dictionary<string, DateForm> { ["x"] = form },
        });
    }

    [Fact]
    public void Inspect_ColumnsByNumberOrOtherCapitals_AreFound()
    {
        var kinds = TableFolder.Kinds(("1", ColumnKind.Category), ("LONG name", ColumnKind.Ignored));

        var table = _folder.Inspect("n,Long Name,2\n1,2,3\n4,5,6\n", new TableOptions { Kinds = kinds, Label = null });

        Assert.Equal([ColumnKind.Category, ColumnKind.Ignored, ColumnKind.Number], table.Columns.Select(column => column.Kind));
    }
}
