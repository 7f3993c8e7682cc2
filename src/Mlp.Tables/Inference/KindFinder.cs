using System.Numerics;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Finds the kind of a column from its counts.</summary>
/// <param name="path">For messages.</param>
/// <param name="numbers">Knows how numbers are written.</param>
/// <param name="rowCount">Rows of the table.</param>
/// <param name="options">Say why columns have the kinds that are given.</param>
internal sealed class KindFinder(string path, NumberFinder numbers, long rowCount, TableOptions options)
{
    /// <summary>Texts with at most this many values are categories even if they hardly repeat.</summary>
    public const int FewCategories = 10;

    /// <summary>Texts of several words with more values than this are not categories, even if they repeat: their words tell more.</summary>
    private const int MostCategoriesOfWords = 1000;

    /// <summary>Numbers of the same length are codes from this many digits on: shorter ones may be ages, years or prices.</summary>
    private const int DigitsOfCodes = 6;

    /// <summary>Finds the kind of a column for which the user gave none.</summary>
    /// <param name="column">What was counted.</param>
    /// <param name="name">Of the column.</param>
    /// <param name="type">What the schema says; it comes before what the values look like.</param>
    public KindFinding Find(ColumnScan column, string name, ColumnType type)
    {
        if (type == ColumnType.Bytes)
            return new(ColumnKind.Ignored, "Its values are bytes, which nothing is learnt from.");
        var found = NumberFinder.HasOnlyNumbers(column) ? numbers.Find(column) : NumberFinding.None;
        if (column.NumberCount + column.TextCount == 0)
            return new(ColumnKind.Constant, "It has no value in any row.");
        if (IsConstant(column, found))
            return new(ColumnKind.Constant, $"Every row has '{column.Examples.FirstOrDefault()}'.");
        if (type is ColumnType.Text or ColumnType.Boolean)
            return FindAmongTexts(column);
        if (type == ColumnType.Number)
            return new(ColumnKind.Number, $"{NumbersOf(column)}.", IsPlain: true);
        if (IsDate(column))
            return new(ColumnKind.Date, $"{DatesOf(column, FormOf(column))}.");
        // Other numbers have ten digits, too: the name says that these are times.
        if (column.TextCount == 0 && column.Dates.UnixForm(column.NumberCount) is not DateForm.None and DateForm unix
            && ColumnRole.IsTime(name))
            return new(ColumnKind.Date, $"{DatesOf(column, unix)}.");
        if (found.IsReadable)
            return FindAmongNumbers(column, name, found);
        if (found.Reading == NumberReading.MixedMarks)
            return new(ColumnKind.Unreadable, "Some of its numbers have a decimal comma, others a point; write all of them one way.");
        return FindAmongTexts(column);
    }

    /// <summary>Whether nearly every row has a value of its own: there are nine values at least for ten rows.</summary>
    public static bool NamesRows(ColumnScan column) => 10L * column.DistinctCount >= 9 * column.CountedFieldCount;

    /// <summary>Checks that a column can be what the user said it is.</summary>
    /// <param name="column">What was counted.</param>
    /// <param name="kind">Number, category, date, text or ignored.</param>
    /// <param name="number">The form of numbers, or null when unknown.</param>
    /// <param name="date">The form of ambiguous dates, or null when unknown.</param>
    /// <param name="place">How messages refer to the column.</param>
    /// <exception cref="TableException">Its values are no numbers or dates.</exception>
    public string Accept(ColumnScan column, ColumnKind kind, NumberForm? number, DateForm? date, string place)
    {
        switch (kind)
        {
            case ColumnKind.Number:
                string why = options.KindsBecause is { } because ? $"{because} numbers" : $"{options.Names.OfKind(kind)} says so";
                CheckNumbers(column, number, place, why);
                break;
            case ColumnKind.Date:
                CheckDates(column, date, place);
                break;
        }
        return $"{options.Names.OfKind(kind)} says so.";
    }

    /// <summary>Checks that a column has numbers that can be read; texts among them are missing values.</summary>
    public void CheckNumbers(ColumnScan column, NumberForm? form, string place, string why)
    {
        NumberFinding found = numbers.Find(column, form);
        if (found.Count == 0 && found.Reading is not (NumberReading.MixedMarks or NumberReading.MixedUnits) && column.TextCount > 0)
        {
            string step = options.KindsBecause != null ? "Write numbers, or leave the fields empty" : "Choose another column or kind";
            throw Fail(column.FirstTextLine, place,
                $"'{column.FirstText}' is no number, and neither is any other value, but {why}. {step}");
        }
        if (found.Reading == NumberReading.MixedUnits || form != null && found.Count == 0 && column.NumberCount + column.TextCount > 0)
        {
            string units = UnitsOf(column), step = form is { Unit.Length: > 0 } ? $"Write them in {form.Unit}" : "Write all of them in one";
            throw Fail(column.TextCount > 0 ? column.FirstTextLine : null, place, $"numbers are in {units}, but {why}. {step}");
        }
        if (found.Reading == NumberReading.MixedMarks)
            throw Fail(null, place, "some numbers have a decimal comma, others a point. Write all of them one way");
    }

    /// <summary>The units of a column's numbers, for a message: "$ (12), € (3)".</summary>
    public static string UnitsOf(ColumnScan column) => TextExcerpt.List([.. column.Numbers.Units.Where(unit => unit.Count > 0)
        .Select(unit => (Name: unit.IsShortClock ? column.Numbers.ClockUnit : unit.Unit, unit.Count))
        .Select(unit => $"{(unit.Name.Length == 0 ? "no unit" : unit.Name)} ({unit.Count:N0})")]);

    private void CheckDates(ColumnScan column, DateForm? form, string place)
    {
        if (column.NumberCount + column.TextCount == 0 || IsDate(column) || column.Dates.CountOf(form ?? column.Dates.MostFrequent) > 0)
            return;
        if (column.Dates is { AnyCount: 0, FirstNoDate: { } text })
        {
            throw Fail(
                text.Line, place,
                $"'{text.Text}' is no date, and neither is any other value. Dates are written like 2020-01-31, 31.01.2020 or 31 Jan 2020");
        }
        if (column.TextCount == 0)
        {
            string why = options.KindsBecause is { } because ? $"{because} dates" : $"{options.Names.Date} says it is a date";
            throw Fail(null, place,
                $"there are numbers such as {TextExcerpt.List(column.Examples, count: 1)}, but {why}. Write dates like 2020-01-31");
        }
        throw Fail(
            column.FirstTextLine, place,
            $"'{column.FirstText}' may be day/month or month/day, and no other value tells which. Write dates like 2020-01-31");
    }

    private KindFinding FindAmongNumbers(ColumnScan column, string name, NumberFinding found)
    {
        bool isWhole = column.Digits.Count == column.NumberCount && column.TextCount == 0;
        string? code = !isWhole ? null
            : column.Digits.LeadingZero is { } zero ? $"Codes, not quantities: there are zeros in front, as in {zero}"
            : ColumnRole.IsCode(name) || ColumnRole.IsReference(name) ? "Codes, not quantities, as the name says"
            : HasWidthOfCodes(column) && ColumnRole.IsThing(name) && !ColumnRole.IsQuantity(name)
                ? $"Codes, not quantities, as the name says: all have {column.Digits.Width} digits, and they repeat"
            : null;
        bool namesRows = code != null || ColumnRole.IsIdentifier(name) || name == "column1" && column.CountsRows;
        if (namesRows && found.IntegerCount == found.Count && NamesRows(column) && column.CountedFieldCount > FewCategories)
            return new(ColumnKind.Identifier, $"It names the rows: {Values(column)} different whole numbers in {rowCount:N0} rows.");
        if (code != null)
            return new(ColumnKind.Category, $"{code}.");
        string how = HowWritten(column, found);
        return new(ColumnKind.Number, $"{NumbersOf(column)}{how}.", IsPlain: how.Length == 0);
    }

    /// <summary>Whether the numbers are written as codes often are: of one width, not round, and each in several rows. Prices, salaries and
    /// times are too, so this alone makes no code.</summary>
    public static bool HasWidthOfCodes(ColumnScan column) =>
        column.TextCount == 0 && column.Digits.Count == column.NumberCount && column.Digits.Width >= DigitsOfCodes
        && !column.Digits.IsRound && column.DistinctCount > FewCategories && 2L * column.DistinctCount <= column.CountedFieldCount;

    private static string NumbersOf(ColumnScan column)
    {
        long missing = column.EmptyCount + column.Tokens.Sum(token => token.Count);
        return missing == 0 ? "All values are numbers" : $"All values but {missing:N0} missing ones are numbers";
    }

    /// <summary>What the dates of a column give: "All values are dates such as 2020-01-31, which give days, weekday and month".</summary>
    private static string DatesOf(ColumnScan column, DateForm form)
    {
        string[] parts = ["days", .. column.Dates.PartsOf(form).Select(part => part.ToString().ToLowerInvariant())];
        string list = parts.Length == 1 ? "days" : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
        string what = form switch
        {
            DateForm.UnixSeconds => "seconds since 1970",
            DateForm.UnixMilliseconds => "milliseconds since 1970",
            _ => BitOperations.IsPow2((int)form) ? "dates" : "dates, in several forms,",
        };
        return $"All values are {what} such as {column.Examples.FirstOrDefault()}, which give {list}";
    }

    /// <summary>What was made of numbers that are not plain: " in $, with commas between thousands".</summary>
    private static string HowWritten(ColumnScan column, NumberFinding found)
    {
        // Most columns have plain numbers, and a table may have many columns.
        if (column.Numbers.Units.Count == 1 && found is { HasGroups: false, Form: { DecimalMark: '.', Unit: "" } }
            && column.Numbers.FirstBracketed == null)
            return "";
        return Marks(column, found, found.Form.Unit);
    }

    private static string Marks(ColumnScan column, NumberFinding found, string unit)
    {
        var parts = new List<string>();
        if (column.Numbers.FirstComposite is { } composite && unit.Length > 0)
        {
            parts.Add(unit is ClockText.Unit or UnitScale.Minutes
                ? $": times such as {composite}, in {(unit == ClockText.Unit ? "hours" : "minutes")}" : $" such as {composite}, in {unit}");
        }
        else if (unit.Length > 0)
            parts.Add(unit == "%" ? " in percent (15 for 15%)" : $" in {unit.TrimEnd('.')}");
        string[] others = [.. column.Numbers.Units.Where(other => other is { Count: > 0, IsShortClock: false, Unit.Length: > 0 }
            && NumberReader.FactorOf(unit, other.Unit, other.Factor) is not 1 && UnitScale.Ratio(other.Unit, unit) != 0)
            .Select(other => other.Unit)];
        if (others.Length > 0)
            parts.Add($" {string.Join(", ", others)} converted");
        if (found.Form.DecimalMark == ',')
            parts.Add(" with a decimal comma");
        if (found.HasGroups)
            parts.Add(" with marks between thousands");
        if (unit.Length == 0 && column.Numbers.Units.Any(letter => letter.Factor != 1))
            parts.Add(" in which k, M and B stand for thousands, millions and billions");
        if (column.Numbers.FirstBracketed is { } bracketed)
            parts.Add($" with brackets for minus, as in {bracketed}");
        return string.Join(",", parts);
    }

    private KindFinding FindAmongTexts(ColumnScan column)
    {
        string found = $"{Values(column)} different values in {rowCount - column.EmptyCount:N0} rows";
        bool hasWords = 4 * column.SentenceCount >= column.TextCount;
        if (Repeats(column) && !(hasWords && (column.DistinctCount > MostCategoriesOfWords || column.DistinctCountIsCapped)))
            return new(ColumnKind.Category, $"Text with {found}.", IsPlain: true);
        if (column is { NumberCount: 0, Dates.Forms: DateForm.DayFirst | DateForm.MonthFirst })
        {
            return new(ColumnKind.Unreadable,
                $"Dates such as {column.FirstText} may be day/month or month/day; write them like 2020-01-31.");
        }
        if (hasWords)
            return new(ColumnKind.Text, $"Text of several words, {found}.");
        return NamesRows(column)
            ? new(ColumnKind.Identifier, $"It names the rows: {found}.") : new(ColumnKind.Category, $"Text with {found}.", IsPlain: true);
    }

    private bool Repeats(ColumnScan column) =>
        column.DistinctCount < rowCount - column.EmptyCount
        && (column.DistinctCount <= FewCategories || 2L * column.DistinctCount <= column.CountedFieldCount);

    private static string Values(ColumnScan column) =>
        column.DistinctCountIsCapped ? $"more than {column.DistinctCount:N0}" : $"{column.DistinctCount - column.Spellings.JoinedCount:N0}";

    private static bool IsConstant(ColumnScan column, NumberFinding found) =>
        column.EmptyCount == 0
        && (column.DistinctCount == 1 || column.Tokens.Count == 0 && found.Count > 0 && found.Minimum == found.Maximum);

    /// <summary>Whether the values are dates of exactly one form, or of several that cannot be confused.</summary>
    public static bool IsDate(ColumnScan column) => FormOf(column) != DateForm.None;

    /// <summary>The form of a column's dates; none if it has others, or no dates.</summary>
    public static DateForm FormOf(ColumnScan column)
    {
        if (column.NumberCount + column.TextCount == 0 || !column.Dates.NumbersAreDates(column))
            return DateForm.None;
        return BitOperations.IsPow2((int)column.Dates.Forms) ? column.Dates.Forms : column.Dates.Mixed;
    }

    private TableException Fail(long? line, string place, string what) =>
        new(path, line == null ? $"{path}, {place}: {what}." : $"{path}, line {line:N0}, {place}: {what}.", line, place);
}
