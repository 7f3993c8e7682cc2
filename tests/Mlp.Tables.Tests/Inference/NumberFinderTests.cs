using Microsoft.ML.Data;

namespace Mlp.Tables.Tests.Inference;

public sealed class NumberFinderTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string[], float[], char, string> Numbers => new()
    {
        { ["$3,820.21", "$12", "($5.50)"], [3820.21f, 12, -5.5f], '.', "$" },
        { ["2.013,15 €", "12,00 €", "7 €"], [2013.15f, 12, 7], ',', "€" },
        { ["20%", "15.5%", "", "NA"], [20, 15.5f, float.NaN, float.NaN], '.', "%" },
        { ["15,0 %", "7,5 %"], [15, 7.5f], ',', "%" },
        { ["(14.44)", "3.5", "7"], [-14.44f, 3.5f, 7], '.', "" },
        { ["(14)", "3", "7"], [-14, 3, 7], '.', "" },
        { ["−5", "3.5", "7"], [-5, 3.5f, 7], '.', "" },
        { ["1.234", "1.234.567", "5"], [1234, 1234567, 5], ',', "" },
        { ["1 234", "12 345,5", "5"], [1234, 12345.5f, 5], ',', "" },
        { ["1'234", "12'345", "5"], [1234, 12345, 5], '.', "" },
        { ["1.5", "1.234", "2"], [1.5f, 1.234f, 2], '.', "" },
        { ["1.234", "12.345", "7.007"], [1.234f, 12.345f, 7.007f], '.', "" },
        // No currency has three decimals.
        { ["1.234 €", "12.345 €", "7 €"], [1234, 12345, 7], ',', "€" },
        { ["$1,234", "$12,345", "$7"], [1234, 12345, 7], '.', "$" },
        { ["1 year", "2 years", "10 years"], [1, 2, 10], '.', "year" },
        { ["74 kg", "80 KG", "90"], [74, 80, 90], '.', "kg" },
        { ["1.2K", "950", "3M"], [1200, 950, 3000000], '.', "" },
        { ["1.2K", "3.5M", "2B"], [1200, 3500000, 2000000000], '.', "" },
        // One letter behind every number may be a unit.
        { ["300K", "280K", "293.5K"], [300, 280, 293.5f], '.', "K" },
        { ["€110.5M", "€565K", "€0"], [110500000, 565000, 0], '.', "€" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Inspect_NumbersAsPeopleWriteThem_AreNumbers(string[] values, float[] expected, char mark, string unit)
    {
        TableDescription table = _folder.Inspect(Table(values));

        ColumnDescription column = table.Columns[1];
        Assert.Equal((ColumnKind.Number, new NumberForm(mark, unit)), (column.Kind, column.NumberForm));
        Assert.Equal(expected, TableFile.Load(table).GetColumn<float>("x"));
        Assert.Equal(expected.Where(float.IsFinite).Min(), (float)column.Minimum!.Value);
        Assert.Equal(expected.Where(float.IsFinite).Max(), (float)column.Maximum!.Value);
        Assert.Equal(expected.Count(float.IsNaN), column.MissingCount);
        if (!values.Any(value => value.EndsWith('K')))
            Assert.Equal(expected.All(value => float.IsNaN(value) || value == MathF.Floor(value)), column.IsInteger);
    }

    public static TheoryData<string, string[]> NoNumbers => new()
    {
        { "Category", ["1st", "2nd", "3rd", "1st", "2nd", "3rd"] },
        { "Category", ["5a", "5b", "12a", "5a", "5b", "12a"] },
        { "Category", ["(1)", "(2)", "(3)", "(1)", "(2)", "(3)"] },
        { "Category", ["10+ years", "< 1 year", "2 years", "10+ years", "2 years"] },
        { "Category", ["$5", "€5", "$7", "€5"] },
        { "Category", ["5 kg", "300 m", "5 kg", "300 m"] },
        { "Category", ["5 kg", "heavy", "5 kg", "heavy"] },
        { "Category", ["CAD5", "CAD7", "CAD5", "CAD7"] },
        { "Category", ["007 kg", "12 kg", "007 kg", "12 kg"] },
        { "Category", ["1 A", "2 B", "3 C", "4 D", "5 E", "6 F", "7 G", "8 H", "9 I", "1 A", "2 B", "3 C", "4 D", "5 E"] },
        { "Unreadable", ["1.234,5", "1,234.5"] },
        { "Unreadable", ["$1,50", "$2.50"] },
    };

    [Theory]
    [MemberData(nameof(NoNumbers))]
    public void Inspect_OtherTextsWithDigits_StayWhatTheyAre(string kind, string[] values)
    {
        Assert.Equal(kind, _folder.Inspect(Table(values)).Columns[1].Kind.ToString());
    }

    [Fact]
    public void Inspect_SaysWhatWasMadeOfTheNumbers()
    {
        ColumnDescription column = _folder.Inspect(Table(["(2.013,15 €)", "12,00 €", "7 €"])).Columns[1];

        Assert.StartsWith(
            "All values are numbers in €, with a decimal comma, with marks between thousands, with brackets for minus, as in (2.013,15 €).",
            column.Reason);
        Assert.StartsWith("All values are numbers in percent (15 for 15%).", _folder.Inspect(Table(["5%", "7%"])).Columns[1].Reason);
    }

    [Fact]
    public void Inspect_OtherColumnsTellTheDecimalMark()
    {
        // 1.234 is a thousand where the table writes 12,5, and one and a quarter where it writes 12.5.
        Assert.Equal(',', _folder.Inspect("n;x\n12,5;1.234\n3,75;5.678\n1,5;9.999\n").Columns[1].DecimalMark);
        Assert.Equal('.', _folder.Inspect("n;x\n12.5;1.234\n3.75;5.678\n1.5;9.999\n").Columns[1].DecimalMark);
        Assert.Equal('.', _folder.Inspect("n;x\n12.5;1,234\n3.75;5,678\n1.5;9,999\n").Columns[1].DecimalMark);
    }

    [Theory]
    [InlineData("14:05,02:30,7:00", "14.083333,2.5,7")]
    [InlineData("2:05 PM,12:30 am,12:15 p.m.,9:00AM", "14.083333,0.5,12.25,9")]
    [InlineData("5:02:33,31:15:00,100:00:00.5", "5.0425,31.25,100.00014")]
    [InlineData("0 days 02:30:00,1 day 03:00:00,-0:30", "2.5,27,-0.5")]
    [InlineData("14:05,NA,2 h", "14.083333,NaN,2")]
    public void Inspect_TimesByTheClock_AreHours(string values, string hours)
    {
        TableDescription table = _folder.Inspect(Table(values.Split(',')));

        Assert.Equal((ColumnKind.Number, new NumberForm('.', "h")), (table.Columns[1].Kind, table.Columns[1].NumberForm));
        Assert.Contains($"are numbers: times such as {values.Split(',')[0]}, in hours.", table.Columns[1].Reason);
        Assert.Equal(hours.Split(',').Select(float.Parse), TableFile.Load(table).GetColumn<float>("x"));
    }

    [Fact]
    public void Inspect_ClassesOfTimes_AndDatesWithATime_StayWhatTheyAre()
    {
        Assert.Equal(ColumnKind.Date, _folder.Inspect(Table(["2020-01-31 14:05", "2020-02-01 15:00"])).Columns[1].Kind);
        Assert.Equal(ColumnKind.Category, _folder.Inspect(Table(["morning", "14:05", "morning", "14:05"])).Columns[1].Kind);
        Assert.Equal(ColumnKind.Category, _folder.Inspect(Table(["3:2", "1:1", "3:2", "1:1"])).Columns[1].Kind);
    }

    [Theory]
    [InlineData("thousands", "1.234,987,12.500", "1234,987,12500")]
    [InlineData("thousands", "1,234;987;12,500", "1234,987,12500")]
    [InlineData("thousands", "-1.234,987 kg,12.500 kg", "-1234,987,12500")]
    // Without a whole number, or with zero alone, nothing tells.
    [InlineData("decimal-point", "1.234,9.870,12.500", "1.234,9.87,12.5")]
    [InlineData("decimal-comma", "1,234;9,870;0", "1.234,9.87,0")]
    [InlineData("decimal-point", "1.234,1234,12.500", "1.234,1234,12.5")]
    [InlineData(null, "0.123,987,12.500", "0.123,987,12.5")]
    [InlineData(null, "1.234,987,12.75", "1.234,987,12.75")]
    [InlineData(null, "$1.234,$987,$12.500", "1234,987,12500")]
    public void Inspect_AMarkThatNothingElseTells_GroupsThousandsBesideSmallerNumbers(string? code, string values, string expected)
    {
        TableDescription table = _folder.Inspect(Table(values.Split(values.Contains(';') ? ';' : ',')));

        Assert.Equal(expected.Split(',').Select(float.Parse), TableFile.Load(table).GetColumn<float>("x"));
        Assert.Equal(code, Code(table));
    }

    [Fact]
    public void Inspect_LabelsInThousands_AreWholeNumbers()
    {
        TableDescription table = _folder.Inspect(
            "n;y\n" + string.Concat(Enumerable.Range(0, 90).Select(i => $"{i};{(i < 30 ? $"{900 + i}" : $"1.{900 + i}")}\n")),
            new TableOptions { Label = "y" });

        Assert.Equal("thousands", Code(table));
        Assert.Equal((1989, true), (table.Label!.Column.Maximum, table.Label.Column.IsInteger));
    }

    private static string? Code(TableDescription table) =>
        table.Warnings.FirstOrDefault(warning => warning.Code == "thousands" || warning.Code.StartsWith("decimal-"))?.Code;

    public static TheoryData<string, string[], double[]> OneKind => new()
    {
        { "kg", ["5 kg", "300 g", "2 kg", "7"], [5, 0.3, 2, 7] },
        { "cm", ["5 cm", "1.5 m", "20 cm"], [5, 150, 20] },
        { "h", ["2h 15m", "45 min", "1h 30m", "90 s"], [2.25, 0.75, 1.5, 0.025] },
        { "h", ["1h05", "0h27", "12h00"], [1 + 5 / 60.0, 0.45, 12] },
        { "h", ["PT2H30M", "PT45M", "PT1H", "P1DT1H"], [2.5, 0.75, 1, 25] },
        { "sq ft", ["1,650 sq ft", "172 m²", "2,000 sq ft"], [1650, 172 / 0.09290304, 2000] },
        { "year", ["1 year", "6 months", "3 years", "2 years"], [1, 0.5, 3, 2] },
        { "ft", ["6'0\"", "5'11\"", "5'6"], [6, 5 + 11 / 12.0, 5.5] },
        { "ft", ["5 ft 6 in", "6 ft 3 in"], [5.5, 6.25] },
        { "CR", ["50.25 CR", "10 DR", "7 CR"], [50.25, -10, 7] },
        { "", ["5 Cr", "2.5 Cr"], [5e7, 2.5e7] },
        { "", ["5 Cr", "80 Lakh"], [5e7, 8e6] },
        // Times with one colon are hours and minutes, unless others say that they are minutes and seconds.
        { "h", ["14:30", "08:15", "23:45"], [14.5, 8.25, 23.75] },
        { "h", ["0:30", "1:15", "1:02:33"], [0.5, 1.25, 1 + 2 / 60.0 + 33 / 3600.0] },
        { "min", ["58:30", "45:00", "1:02:30"], [58.5, 45, 62.5] },
        { "min", ["1:30.5", "1:15", "2:00.25"], [1.5 + 0.5 / 60, 1.25, 2 + 0.25 / 60] },
    };

    [Theory]
    [MemberData(nameof(OneKind))]
    public void Inspect_UnitsOfOneKind_AreConverted(string unit, string[] values, double[] expected)
    {
        TableDescription table = _folder.Inspect(Table(values));

        Assert.Equal((ColumnKind.Number, unit), (table.Columns[1].Kind, table.Columns[1].NumberForm.Unit));
        float[] read = [.. TableFile.Load(table).GetColumn<float>("x")];
        Assert.Equal(expected.Select(value => (float)value), read, (one, other) => Math.Abs(one - other) <= 1e-5f * Math.Abs(one));
        Assert.Equal((read.Min(), read.Max()), ((float)table.Columns[1].Minimum!.Value, (float)table.Columns[1].Maximum!.Value));
    }

    [Theory]
    [InlineData("lap", "min", "in minutes")]
    [InlineData("pace", "min", "in minutes")]
    [InlineData("departure", "h", "in hours")]
    public void Inspect_TimesWithOneColon_AreMinutes_WhereTheNameSaysSo(string name, string unit, string reason)
    {
        ColumnDescription column = _folder.Inspect($"n,{name}\n1,1:58\n2,2:03\n3,1:47\n").Columns[1];

        Assert.Equal((ColumnKind.Number, unit), (column.Kind, column.NumberForm.Unit));
        Assert.Contains($"times such as 1:58, {reason}", column.Reason);
    }

    [Fact]
    public void Inspect_SeveralUnits_AreSaid()
    {
        Assert.Contains("$ (2), € (2)", Message("mixed-units", ["$5", "€5", "$7", "€5"]));
        Assert.Contains("kg (2), km (2)", Message("mixed-units", ["5 kg", "300 km", "5 kg", "300 km"]));
        Assert.Contains("1 numbers without a percent sign", Message("number-without-percent", ["5%", "7%", "0.15"]));
        Assert.DoesNotContain(_folder.Inspect(Table(["5a", "5b", "5a", "5b"])).Warnings, warning => warning.Code == "mixed-units");

        string Message(string code, string[] values) =>
            Assert.Single(_folder.Inspect(Table(values)).Warnings, warning => warning.Code == code).Message;
    }

    [Theory]
    [InlineData("$1,200")]
    [InlineData("1,200")]
    [InlineData("(1,200 %)")]
    public void Inspect_LabelsAsPeopleWriteThem_AreQuantities(string label)
    {
        string text = "n,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i * 7 % 11},\"{label.Replace("200", $"{200 + i}")}\"\n"));

        TableDescription table = _folder.Inspect(text, new TableOptions { Label = "y" });

        Assert.Equal(TableTask.Regression, table.Label!.Task);
        float first = label[0] == '(' ? -1200 : 1200;
        Assert.Equal(first, TableFile.Load(table).GetColumn<float>("y").First());
    }

    [Fact]
    public void Inspect_LabelsAsBracketsAmongNumbers_AreQuantities()
    {
        string text = "n,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i * 7 % 11},{(i % 3 == 0 ? $"({i}.44)" : $"{i}.5")}\n"));

        Assert.Equal(TableTask.Regression, _folder.Inspect(text, new TableOptions { Label = "y" }).Label!.Task);
    }

    [Fact]
    public void Load_NumberFormOfAnEarlierTable_ReadsTheSame()
    {
        string path = _folder.Write("n;x\n1;1.234\n2;5.678\n");

        Assert.Equal([1.234f, 5.678f], Load(new NumberForm('.')));
        Assert.Equal([1234f, 5678f], Load(new NumberForm(',')));
        Assert.Equal([1234f, 5678f], Load(new NumberForm(',', "€")));
        Assert.Throws<ArgumentException>(() => Load(new NumberForm(';')));

        IEnumerable<float> Load(NumberForm form) =>
            TableFile.Load(path, columns: [TableColumn.Number("x", form)]).GetColumn<float>("x").ToArray();
    }

    [Fact]
    public void Load_AnotherUnitThanAskedFor_IsRefused_AndMissingAmongOthers()
    {
        TableColumn[] columns = [TableColumn.Number("x", new NumberForm('.', "$"))];

        Assert.Equal([5, float.NaN, 7],
            TableFile.Load(_folder.Write("n,x\n1,$5\n2,€6\n3,7\n"), columns: columns).GetColumn<float>("x").ToArray());
        Assert.Contains(
            "1 value that is no number in $, 1 of them in €, such as '€6'; it counts as missing",
            Assert.Single(_folder.Inspect("n,x\n1,$5\n2,€6\n3,7\n", new TableOptions
            {
                Kinds = TableFolder.Kinds(("x", ColumnKind.Number)),
                NumberForms = new Dictionary<string, NumberForm> { ["x"] = new('.', "$") },
            }).Warnings, warning => warning.Code == "text-among-numbers").Message);
        Assert.Contains("numbers are in € (2), but Kinds (Number) says so. Write them in $",
            Assert.Throws<TableException>(() => TableFile.Load(_folder.Write("n,x\n1,€5\n2,€6\n"), columns: columns)).Message);
    }

    private static string Table(string[] values) =>
        "n\tx\n" + string.Concat(values.Select((value, row) => $"{row * 7 % 11}\t{value}\n"));
}
