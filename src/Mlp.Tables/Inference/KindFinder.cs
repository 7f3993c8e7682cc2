using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Inference;

/// <summary>Finds the kind of a column from its counts.</summary>
/// <param name="path">For messages.</param>
/// <param name="separator">Of the fields: if it is a comma, a comma in a number is more likely a thousands separator.</param>
/// <param name="rowCount">Rows of the table.</param>
/// <param name="options">Say why columns have the kinds that are given.</param>
internal sealed class KindFinder(string path, char separator, long rowCount, TableOptions options)
{
    /// <summary>Texts with at most this many values are categories even if they hardly repeat.</summary>
    private const int FewCategories = 10;

    /// <summary>Texts of several words with more values than this are not categories, even if they repeat: their words tell more.</summary>
    private const int MostCategoriesOfWords = 1000;

    private static readonly string[] IdentifierNames =
        ["id", "key", "index", "idx", "row", "rownum", "rowid", "uuid", "guid", "nr", "no", "number", "unnamed: 0"];

    /// <summary>Finds the kind of a column for which the user gave none.</summary>
    public (ColumnKind Kind, string Reason) Find(ColumnScan column, string name)
    {
        var form = HasOnlyNumbers(column) ? FormOf(column) : NumberForm.None;
        string asCategory = options.Names.MakesIt(ColumnKind.Category, name);
        if (column.NumberCount + column.TextCount == 0)
            return (ColumnKind.Constant, $"It has no value in any row; {asCategory}.");
        if (IsConstant(column))
            return (ColumnKind.Constant, $"Every row has '{column.Examples.FirstOrDefault()}'; {asCategory}.");
        if (form is NumberForm.Point or NumberForm.Comma)
            return FindAmongNumbers(column, name, form, asCategory);
        if (form == NumberForm.Grouped)
        {
            string first = $"'{column.FirstGrouped}' in line {column.FirstGroupedLine:N0}";
            return (ColumnKind.Unreadable,
                $"Its numbers are written with thousands separators ({first}), which are not read; write plain digits, or {asCategory}.");
        }
        if (form == NumberForm.Mixed)
            return (ColumnKind.Unreadable,
                $"Some of its numbers have a decimal comma, others a point; write all of them one way, or {asCategory}.");
        if (IsDate(column))
            return (ColumnKind.Date,
                $"All values are dates such as {column.Examples.FirstOrDefault()}; {options.Names.MakesIt(ColumnKind.Ignored, name)}.");
        return FindAmongTexts(column, name, asCategory);
    }

    /// <summary>Whether nearly every row has a value of its own: there are nine values at least for ten rows.</summary>
    public static bool NamesRows(ColumnScan column) => 10L * column.DistinctCount >= 9 * column.CountedFieldCount;

    /// <summary>Checks that a column can be what the user said it is.</summary>
    /// <param name="column">What was counted.</param>
    /// <param name="kind">Number, category, date or ignored.</param>
    /// <param name="form">The form of ambiguous dates, or null when unknown.</param>
    /// <param name="place">How messages refer to the column.</param>
    /// <exception cref="TableException">Its values are no numbers or dates.</exception>
    public string Accept(ColumnScan column, ColumnKind kind, DateForm? form, string place)
    {
        switch (kind)
        {
            case ColumnKind.Number:
                string why = options.KindsBecause is { } because ? $"{because} numbers" : $"{options.Names.OfKind(kind)} says so";
                CheckNumbers(column, place, why);
                break;
            case ColumnKind.Date:
                CheckDates(column, form, place);
                break;
        }
        return $"{options.Names.OfKind(kind)} says so.";
    }

    /// <summary>Checks that a column has numbers that can be read; texts among them are missing values.</summary>
    public void CheckNumbers(ColumnScan column, string place, string why)
    {
        if (column.NumberCount + column.GroupedCount == 0 && column.TextCount > 0)
        {
            string step = options.KindsBecause != null ? "Write numbers, or leave the fields empty" : "Choose another column or kind";
            throw Fail(column.FirstTextLine, place,
                $"'{column.FirstText}' is no number, and neither is any other value, but {why}. {step}");
        }
        var form = FormOf(column);
        if (form == NumberForm.Grouped)
            throw Fail(column.FirstGroupedLine, place,
                $"'{column.FirstGrouped}' has a thousands separator, which is not read. Write plain digits");
        if (form == NumberForm.Mixed)
            throw Fail(null, place, "some numbers have a decimal comma, others a point. Write all of them one way");
    }

    private void CheckDates(ColumnScan column, DateForm? form, string place)
    {
        if (column.FirstNoDate is { } text)
        {
            string which = text.Before == DateForm.All ? "" : " in the form of those before it";
            throw Fail(
                text.Line, place,
                $"'{text.Text}' is no date{which}. Dates are written like 2020-01-31, 31.01.2020 or 31 Jan 2020; " +
                "write all of them one way");
        }
        if (column.NumberCount > 0)
        {
            string why = options.KindsBecause is { } because ? $"{because} dates" : $"{options.Names.Date} says it is a date";
            throw Fail(null, place,
                $"there are numbers such as {TextExcerpt.List(column.Examples, count: 1)}, but {why}. Write dates like 2020-01-31");
        }
        if (column.TextCount > 0 && !IsDate(column) && (form == null || (column.DateForms & form) == 0))
        {
            throw Fail(
                column.FirstTextLine, place,
                $"'{column.FirstText}' may be day/month or month/day, and no other value tells which. Write dates like 2020-01-31");
        }
    }

    /// <summary>How the numbers of a column are written; other texts are ignored, except numbers with grouped digits.</summary>
    public NumberForm FormOf(ColumnScan column)
    {
        if (column.NumberCount + column.GroupedCount == 0)
            return NumberForm.None;
        bool commasMayGroup = column.CommaCount == column.CommaGroupCount;
        if (column.GroupedCount > 0)
            return NumberForm.Grouped;
        if (column.CommaCount == 0)
            return NumberForm.Point;
        if (column.PointCount > 0)
            return commasMayGroup ? NumberForm.Grouped : NumberForm.Mixed;
        return commasMayGroup && separator == ',' ? NumberForm.Grouped : NumberForm.Comma;
    }

    /// <summary>Whether a column has only numbers and missing values, however they are written.</summary>
    public static bool HasOnlyNumbers(ColumnScan column) =>
        column.TextCount == column.GroupedCount && column.NumberCount + column.GroupedCount > 0;

    private (ColumnKind Kind, string Reason) FindAmongNumbers(ColumnScan column, string name, NumberForm form, string asCategory)
    {
        bool namesRows = IsIdentifierName(name) || name == "column1" && column.CountsRows;
        if (namesRows && column.IsUnique && column.IntegerCount == rowCount && rowCount > FewCategories)
            return (ColumnKind.Identifier,
                $"It names the rows: every row has another whole number; {options.Names.MakesIt(ColumnKind.Number, name)}.");
        long missing = column.EmptyCount + column.Tokens.Sum(token => token.Count);
        string all = missing == 0 ? "All values are numbers" : $"All values but {missing:N0} missing ones are numbers";
        string mark = form == NumberForm.Comma ? " with a decimal comma" : "";
        return (ColumnKind.Number, $"{all}{mark}; {asCategory}.");
    }

    private (ColumnKind Kind, string Reason) FindAmongTexts(ColumnScan column, string name, string asCategory)
    {
        string distinct = column.DistinctCountIsCapped ? $"more than {column.DistinctCount:N0}" : $"{column.DistinctCount:N0}";
        string found = $"{distinct} different values in {rowCount - column.EmptyCount:N0} rows";
        string leftOut = options.Names.MakesIt(ColumnKind.Ignored, name);
        bool hasWords = 4 * column.SentenceCount >= column.TextCount;
        bool repeats = column.DistinctCount < rowCount - column.EmptyCount
            && (column.DistinctCount <= FewCategories || 2L * column.DistinctCount <= column.CountedFieldCount);
        if (repeats && !(hasWords && (column.DistinctCount > MostCategoriesOfWords || column.DistinctCountIsCapped)))
            return (ColumnKind.Category, $"Text with {found}; {leftOut}.");
        if (column is { NumberCount: 0, DateForms: DateForm.DayFirst | DateForm.MonthFirst })
        {
            return (ColumnKind.Unreadable,
                $"Dates such as {column.FirstText} may be day/month or month/day; write them like 2020-01-31, or {asCategory}.");
        }
        if (hasWords)
            return (ColumnKind.Text, $"Text of several words, {found}; {leftOut}.");
        return NamesRows(column)
            ? (ColumnKind.Identifier, $"It names the rows: {found}; {asCategory}.")
            : (ColumnKind.Category, $"Text with {found}; {leftOut}.");
    }

    private static bool IsConstant(ColumnScan column) =>
        column.EmptyCount == 0
        && (column.DistinctCount == 1 || column.TextCount == 0 && column.Tokens.Count == 0 && column.Minimum == column.Maximum);

    /// <summary>Whether the values are dates of exactly one form.</summary>
    public static bool IsDate(ColumnScan column) =>
        column is { NumberCount: 0, TextCount: > 0 }
        && column.DateForms is DateForm.YearFirst or DateForm.DayDot or DateForm.DayFirst or DateForm.MonthFirst or DateForm.MonthName;

    private static bool IsIdentifierName(string name)
    {
        name = name.ToLowerInvariant();
        return IdentifierNames.Contains(name)
            || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith(" id", StringComparison.Ordinal)
            || name.StartsWith("id_", StringComparison.Ordinal);
    }

    private TableException Fail(long? line, string place, string what) =>
        new(path, line == null ? $"{path}, {place}: {what}." : $"{path}, line {line:N0}, {place}: {what}.", line, place);
}
