namespace Mlp.Tool.Tables;

/// <summary>Tells from what was counted in a column what kind it is.</summary>
/// <param name="path">For messages.</param>
/// <param name="separator">Of the fields: with a comma there, a comma in a number is more likely one between thousands.</param>
/// <param name="rowCount">Rows of the table.</param>
/// <param name="kindsAreOfModel">Whether a kind that is given is that of a model, rather than an option.</param>
internal sealed class KindFinder(string path, char separator, long rowCount, bool kindsAreOfModel)
{
    /// <summary>Texts with so few values are categories even where they hardly repeat.</summary>
    private const int FewCategories = 10;

    private static readonly string[] IdentifierNames = ["id", "key", "index", "idx", "row", "rownum", "rowid", "uuid", "guid", "nr", "no", "number", "unnamed: 0"];

    /// <summary>Finds the kind of a column of which the user said nothing.</summary>
    public (ColumnKind Kind, string Reason) Find(ColumnScan column, string name)
    {
        var reading = HasOnlyNumbers(column) ? ReadingOf(column) : NumberReading.None;
        string present = $"{rowCount - column.EmptyCount:N0} rows";
        string distinct = column.DistinctCountIsCapped ? $"more than {column.DistinctCount:N0}" : $"{column.DistinctCount:N0}";
        if (column.NumberCount + column.TextCount == 0)
            return (ColumnKind.Constant, $"It has no value in any row; {Override(name, "--category")}.");
        if (IsConstant(column))
            return (ColumnKind.Constant, $"Every row has '{column.Examples.FirstOrDefault()}'; {Override(name, "--category")}.");
        if (reading is NumberReading.Point or NumberReading.Comma)
            return FindAmongNumbers(column, name, reading);
        if (reading == NumberReading.Grouped)
            return (ColumnKind.Text, $"Its numbers are written with thousands separators ('{column.FirstGrouped}' in line {column.FirstGroupedLine:N0}), which ML.NET cannot read; write plain digits, or {Override(name, "--category")}.");
        if (reading == NumberReading.Mixed)
            return (ColumnKind.Text, $"Some of its numbers have a decimal comma, others a point; write all of them one way, or {Override(name, "--category")}.");
        if (IsDate(column))
            return (ColumnKind.Date, $"All values are dates such as {column.Examples.FirstOrDefault()}; {Override(name, "--ignore")}.");
        if (column is { IsUnique: true, SentenceCount: 0 } && rowCount > FewCategories)
            return (ColumnKind.Identifier, $"Every row has another value; {Override(name, "--category")}.");
        bool repeats = column.DistinctCount < rowCount - column.EmptyCount
            && (column.DistinctCount <= FewCategories || 2 * column.DistinctCount <= rowCount - column.EmptyCount);
        if (repeats && column.DistinctCount <= TableLimits.Categories && !column.DistinctCountIsCapped)
            return (ColumnKind.Category, $"Text with {distinct} different values in {present}; {Override(name, "--ignore")}.");
        return (ColumnKind.Text, $"Text with {distinct} different values in {present}, too many for categories; {Override(name, "--category")}.");
    }

    /// <summary>Checks that a column can be what the user said it is.</summary>
    /// <param name="column">What was counted.</param>
    /// <param name="kind">Number, category, date or ignored.</param>
    /// <param name="form">The form of dates that do not tell it themselves, or null when nobody knows.</param>
    /// <param name="place">How messages refer to the column.</param>
    /// <exception cref="TableException">Its values are no numbers or dates.</exception>
    public string Accept(ColumnScan column, ColumnKind kind, DateForm? form, string place)
    {
        switch (kind)
        {
            case ColumnKind.Number:
                CheckNumbers(column, place, kindsAreOfModel ? "the model was trained on numbers" : "--number says so");
                return "--number says so.";
            case ColumnKind.Date:
                CheckDates(column, form, place);
                return "--date says so.";
            case ColumnKind.Category:
                return "--category says so.";
            default:
                return "--ignore says so.";
        }
    }

    /// <summary>Checks that a column has numbers that the loader can read; texts among them are missing values.</summary>
    public void CheckNumbers(ColumnScan column, string place, string why)
    {
        if (column.NumberCount + column.GroupedCount == 0 && column.TextCount > 0)
            throw Fail(column.FirstTextLine, place, $"'{column.FirstText}' is no number, and neither is any other value, but {why}. {(kindsAreOfModel ? "Write numbers, or leave the fields empty" : "Choose another column or kind")}");
        var reading = ReadingOf(column);
        if (reading == NumberReading.Grouped)
            throw Fail(column.FirstGroupedLine, place, $"'{column.FirstGrouped}' has a thousands separator, which ML.NET cannot read. Write plain digits");
        if (reading == NumberReading.Mixed)
            throw Fail(null, place, "some numbers have a decimal comma, others a point. Write all of them one way");
    }

    private void CheckDates(ColumnScan column, DateForm? form, string place)
    {
        if (column.FirstNoDate is { } text)
            throw Fail(text.Line, place, $"'{text.Text}' is no date{(text.Before == DateForm.All ? "" : " in the form of those before it")}. Dates are written like 2020-01-31, 31.01.2020 or 31 Jan 2020; write all of them one way");
        if (column.NumberCount > 0)
            throw Fail(null, place, $"there are numbers such as {TextExcerpt.List(column.Examples, count: 1)}, but {(kindsAreOfModel ? "the model was trained on dates" : "--date says it is a date")}. Write dates like 2020-01-31");
        if (column.TextCount > 0 && !IsDate(column) && (form == null || (column.DateForms & form) == 0))
            throw Fail(column.FirstTextLine, place, $"'{column.FirstText}' may be day/month or month/day, and no other value tells which. Write dates like 2020-01-31");
    }

    /// <summary>How the numbers of a column are written; texts among them are left aside unless they are numbers in groups.</summary>
    public NumberReading ReadingOf(ColumnScan column)
    {
        if (column.NumberCount + column.GroupedCount == 0)
            return NumberReading.None;
        bool commasMayGroup = column.CommaCount == column.CommaGroupCount;
        if (column.GroupedCount > 0)
            return NumberReading.Grouped;
        if (column.CommaCount == 0)
            return NumberReading.Point;
        if (column.PointCount > 0)
            return commasMayGroup ? NumberReading.Grouped : NumberReading.Mixed;
        return commasMayGroup && separator == ',' ? NumberReading.Grouped : NumberReading.Comma;
    }

    /// <summary>Whether a column has numbers and no texts but missing values, however they are written.</summary>
    public static bool HasOnlyNumbers(ColumnScan column) =>
        column.TextCount == column.GroupedCount && column.NumberCount + column.GroupedCount > 0;

    private (ColumnKind Kind, string Reason) FindAmongNumbers(ColumnScan column, string name, NumberReading reading)
    {
        bool namesRows = IsIdentifierName(name) || name == "column1" && column.CountsRows;
        if (namesRows && column.IsUnique && column.IntegerCount == rowCount && rowCount > FewCategories)
            return (ColumnKind.Identifier, $"It names the rows: every row has another whole number; {Override(name, "--number")}.");
        long missing = column.EmptyCount + column.Tokens.Sum(token => token.Count);
        string all = missing == 0 ? "All values are numbers" : $"All values but {missing:N0} missing ones are numbers";
        string mark = reading == NumberReading.Comma ? " with a decimal comma" : "";
        return (ColumnKind.Number, $"{all}{mark}; {Override(name, "--category")}.");
    }

    private static bool IsConstant(ColumnScan column) =>
        column.EmptyCount == 0
        && (column.DistinctCount == 1 || column.TextCount == 0 && column.Tokens.Count == 0 && column.Minimum == column.Maximum);

    /// <summary>Whether the values are dates, and tell of what form.</summary>
    public static bool IsDate(ColumnScan column) =>
        column is { NumberCount: 0, TextCount: > 0 }
        && column.DateForms is DateForm.YearFirst or DateForm.DayDot or DateForm.DayFirst or DateForm.MonthFirst or DateForm.MonthName;

    private static bool IsIdentifierName(string name)
    {
        name = name.ToLowerInvariant();
        return IdentifierNames.Contains(name) || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith(" id", StringComparison.Ordinal)
            || name.StartsWith("id_", StringComparison.Ordinal);
    }

    private static string Override(string name, string option)
    {
        string quoted = name.AsSpan().IndexOfAny(" ,'\"") < 0 ? name : $"\"{name}\"";
        return option == "--ignore" ? $"{option} {quoted} leaves it out" : $"{option} {quoted} makes it a {option[2..]}";
    }

    private TableException Fail(long? line, string place, string what) =>
        new(path, line == null ? $"{path}, {place}: {what}." : $"{path}, line {line:N0}, {place}: {what}.", line, place);
}
