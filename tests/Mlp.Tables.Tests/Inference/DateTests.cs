using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tables.Tests.Inference;

public sealed class DateTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string[]> Dates => new()
    {
        { "Compact", "Weekday Month", ["20141013T000000", "20150402T000000", "20150501T000000"] },
        { "Compact", "Weekday Month", ["20141013", "20150402", "20150501"] },
        { "Compact", "Weekday Month Hour", ["20141013093000", "20150402130000", "20150501130000"] },
        { "MonthName", "Month", ["Mar-2018", "Apr-2018", "Dec-2018"] },
        { "MonthName", "", ["Mar-2018", "Apr-2018", "Jun-2018"] },
        { "YearFirst", "Weekday Hour", ["2020-01-01 10:00", "2020-01-07 12:00", "2020-02-11 11:00"] },
        { "YearFirst", "", ["2020-01-01", "2020-01-03", "2020-01-10"] },
        { "MonthFirst", "Weekday Month", ["1/31/18", "2/1/18", "12/5/18"] },
        { "YearFirst", "Weekday Month", ["2023.03.05", "2023.12.24", "0000-00-00", "2023.6.1"] },
        { "YearFirst, DayDot, MonthName", "Weekday Month", ["2023-03-05", "24.12.2023", "1 Jun 2023", "2023-01-31"] },
        { "YearFirst, DayFirst", "Weekday Month", ["2023-03-05", "24/12/2023", "01/06/2023", "2023-01-31"] },
        { "YearFirst, MonthFirst", "Weekday Month Hour", ["2023-03-05 10:00", "12/24/2023 11:00", "01/06/2023", "2023-01-31"] },
        { "Compact", "Month", ["201801", "201802", "201803", "201804", "201805", "201806", "201807", "201808"] },
    };

    [Theory]
    [MemberData(nameof(Dates))]
    public void Inspect_FindsTheForm_AndWhatDiffers(string form, string parts, string[] values)
    {
        ColumnDescription column = _folder.Column(values);

        Assert.Equal((ColumnKind.Date, form), (column.Kind, column.DateForm.ToString()));
        Assert.Equal(parts, string.Join(' ', column.DateParts));
    }

    [Theory]
    [InlineData("Number", "201801", "201802", "201804")]
    [InlineData("Number", "20141013", "20150402", "20159999")]
    [InlineData("Number", "10141013", "20150402", "20150403")]
    [InlineData("Category", "Mar-2018", "Foo-2018", "Mar-2018")]
    [InlineData("Number", "2023.03", "2023.12", "2023.06")]
    [InlineData("Category", "18-Mar", "19-Mar", "18-Mar")]
    public void Inspect_OtherValues_AreNoDates(string kind, params string[] values)
    {
        Assert.Equal(kind, _folder.Column(values).Kind.ToString());
    }

    [Theory]
    [InlineData("2023-01-31,2023-02-01,TBD,2023-03-05", "would be a date but for 1 of 4 values, first 'TBD' in line 4", 1, 3)]
    [InlineData("20230131,20230201,TBD,20230305", "would be a date but for 1 of 4 values, first 'TBD' in line 4", 1, 3)]
    [InlineData("2023-01-31,01/02/2023,2023-03-05,2023-03-07", "has dates of several forms, first '01/02/2023' in line 3", 1, 3)]
    [InlineData("TBD,13/02/2023,05/03/2023,07/03/2023", "would be a date but for 1 of 4 values, first 'TBD' in line 2", 1, 3)]
    public void Inspect_OneBadDate_IsSaid_AndMissingWhereTheOptionsSayDate(string values, string message, int missing, int known)
    {
        string text = "n,x\n" + string.Concat(values.Split(',').Select((value, row) => $"{row}.5,{value}\n"));

        TableWarning warning = Assert.Single(_folder.Inspect(text).Warnings, warning => warning.Code == "nearly-date");
        Assert.Contains(message, warning.Message);
        Assert.Contains("--date x takes", warning.Message);
        Assert.DoesNotContain(_folder.Inspect(text).Warnings, warning => warning.Code == "nearly-number");

        TableDescription given = _folder.Inspect(text, new TableOptions { Kinds = TableFolder.Kinds(("x", ColumnKind.Date)) });
        Assert.Equal((ColumnKind.Date, missing), (given.Columns[1].Kind, given.Columns[1].MissingCount));
        Assert.Single(given.Warnings, warning => warning.Code == "text-among-dates");
        Assert.Equal(known, TableFile.Load(given).GetColumn<float>("x").Count(float.IsFinite));
    }

    /// <summary>A model that was trained on several forms reads each of them, also where a table alone would not tell day from
    /// month.</summary>
    [Fact]
    public void Load_SeveralForms_ReadsEach()
    {
        string path = _folder.Write("n,x\n1,05/06/2023\n2,2023-06-05\n3,5.6.23\n");

        Assert.Equal([19513f, 19513, 19513], Load(DateForm.DayFirst | DateForm.YearFirst | DateForm.DayDot));
        Assert.Equal([19483f, 19513, 19513], Load(DateForm.MonthFirst | DateForm.YearFirst | DateForm.DayDot));
        Assert.Throws<ArgumentException>(() => Load(DateForm.DayFirst | DateForm.MonthFirst));
        Assert.Throws<ArgumentException>(() => Load(DateForm.All));

        float[] Load(DateForm form) =>
            [.. TableFile.Load(path, columns: [TableColumn.Date("x", form: form)]).GetColumn<float>("x")];
    }

    [Theory]
    [InlineData("created_at", "1580428800", "UnixSeconds")]
    [InlineData("ts", "1580428800000", "UnixMilliseconds")]
    [InlineData("time", "1580428800.25", "UnixSeconds")]
    [InlineData("n", "1580428800", null)]
    [InlineData("ts", "15804288", null)]
    [InlineData("ts", "9580428800", null)]
    public void Inspect_SecondsSince1970_AreDates_WhereTheNameIsOfATime(string name, string first, string? form)
    {
        bool hasFraction = first.Contains('.');
        string[] cells = [.. Enumerable.Range(0, 40).Select(i => hasFraction
            ? FormattableString.Invariant($"{double.Parse(first, System.Globalization.CultureInfo.InvariantCulture) + i * 86_400:F2}")
            : $"{long.Parse(first) + i * 86_400L * (first.Length == 13 ? 1000 : 1)}")];
        string text = $"n,{name}x\n".Replace($"{name}x", name == "n" ? "amount" : name)
            + string.Concat(cells.Select((cell, row) => $"{row % 7}.5,{cell}\n")) + "1.5,\n";

        TableDescription table = _folder.Inspect(text);

        ColumnDescription column = table.Columns[1];
        Assert.Equal(form ?? "None", column.DateForm.ToString());
        Assert.Equal(form == null ? ColumnKind.Number : ColumnKind.Date, column.Kind);
        if (form == null)
            return;
        Assert.Equal([DatePart.Weekday], column.DateParts);
        Assert.Equal(1, column.MissingCount);
        Assert.Equal(18292, TableFile.Load(table).GetColumn<float>(name).First(), 0.01);
        // Whoever says so, need not name it.
        string other = text.Replace($",{name}\n", ",q\n");
        Assert.Equal(form, _folder.Inspect(other, new TableOptions { Kinds = TableFolder.Kinds(("q", ColumnKind.Date)) })
            .Columns[1].DateForm.ToString());
    }

    [Fact]
    public void Inspect_TextsWithADateNowAndThen_AreNoDates() =>
        Assert.DoesNotContain(_folder.Inspect("n,x\n1,red\n2,2020-01-31\n3,red\n4,blue\n").Warnings, warning =>
            warning.Code == "nearly-date");

    [Fact]
    public void Load_PartsOfADate_AreTextsAndHours()
    {
        string path = _folder.Write("n,x,y\n1,2020-01-31 18:30,2020-01-29 06:30\n2,,2020-05-04\n3,2021-02-01T00:15+02:00,2021-02-01\n");

        IDataView view = TableFile.Load(path, columns:
        [
            TableColumn.PartOfDate("weekday", DatePart.Weekday, "x"), TableColumn.PartOfDate("month", DatePart.Month, "x"),
            TableColumn.PartOfDate("hour", DatePart.Hour, "x"), TableColumn.DaysSince("days", since: "y", field: "x"),
        ]);

        Assert.Equal(["Friday", "", "Monday"], view.GetColumn<string>("weekday"));
        Assert.Equal(["January", "", "February"], view.GetColumn<string>("month"));
        Assert.Equal([18.5f, float.NaN, 0.25f], view.GetColumn<float>("hour"));
        Assert.Equal([2.5f, float.NaN, -1.75f / 24], view.GetColumn<float>("days"));
        Assert.Throws<ArgumentException>(() => TableColumn.PartOfDate("x", DatePart.DaysSince, "x"));
    }
}
