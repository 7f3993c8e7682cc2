using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Inference;

/// <summary>Finds columns that may mean something else than they are read as.</summary>
internal sealed class ReadingWarnings
{
    private readonly TableScan _scan;
    private readonly NumberFinder _numbers;
    private readonly OptionNames _options;

    private ReadingWarnings(TableScan scan, NumberFinder numbers, OptionNames options) =>
        (_scan, _numbers, _options) = (scan, numbers, options);

    public static IEnumerable<TableWarning> Find(TableDescription table, TableScan scan, NumberFinder numbers, OptionNames options) =>
        table.Columns.SelectMany(new ReadingWarnings(scan, numbers, options).OfColumn);

    private IEnumerable<TableWarning> OfColumn(ColumnDescription column)
    {
        ColumnScan counted = _scan.Columns[column.Index];
        if (OfMarks(column, counted) is { } marks)
            yield return marks;
        TableWarning? dates = OfDates(column, counted);
        if (dates != null)
            yield return dates;
        else if (!column.IsKindGiven && OfMarkedDigits(column, counted) is { } digits)
            yield return digits;
        if (!column.IsKindGiven && OfCodes(column, counted) is { } codes)
            yield return codes;
    }

    /// <summary>Numbers whose mark may stand between thousands, or in front of a fraction.</summary>
    private TableWarning? OfMarks(ColumnDescription column, ColumnScan counted)
    {
        bool hasNumbers = column.Kind == ColumnKind.Number || column.Kind == ColumnKind.Label && NumberFinder.HasOnlyNumbers(counted);
        if (!hasNumbers || _numbers.Find(counted) is not { IsGuess: true } found || counted.Numbers.FirstAmbiguous is not { } ambiguous)
            return null;
        string name = column.Name, mark = ambiguous.Text.Contains(',') ? "comma" : "point";
        if (mark == "comma" != (found.Reading == NumberReading.Comma))
        {
            return Warn(
                "thousands",
                $"Column '{name}' has numbers such as {ambiguous.Text} beside whole ones below 1,000: its {mark} is read as a mark " +
                $"between thousands. If it is the decimal mark, write whole numbers with it, too: {(mark == "comma" ? "5,000" : "5.000")}.",
                name);
        }
        return Warn(
            $"decimal-{mark}",
            $"Column '{name}' has numbers such as {ambiguous.Text}, read with a decimal {mark}. " +
            $"If that {mark} separates thousands, remove it from the file.", name);
    }

    /// <summary>Whether a column without a kind of its own has dates in every second row at least.</summary>
    public static bool IsNearlyDate(ColumnDescription column, ColumnScan counted) =>
        column.Kind is ColumnKind.Category or ColumnKind.Text or ColumnKind.Identifier && !column.IsKindGiven
        && counted.Dates is { FirstNoDate: not null, AnyCount: > 0 and long dates } && 2 * dates >= counted.NumberCount + counted.TextCount;

    /// <summary>Dates among other texts, or of several forms.</summary>
    private TableWarning? OfDates(ColumnDescription column, ColumnScan counted)
    {
        if (counted.Dates.FirstNoDate is not { } other)
            return null;
        string name = column.Name, first = $"'{other.Text}' in line {other.Line:N0}";
        DateForm form = column.Kind == ColumnKind.Date ? column.DateForm : counted.Dates.MostFrequent;
        long values = counted.NumberCount + counted.TextCount, others = values - counted.Dates.CountOf(form);
        if (column.Kind == ColumnKind.Date && others > 0)
        {
            return Warn(
                "text-among-dates",
                $"Column '{name}' has {others:N0} values that are no dates, or dates of another form, first {first}; " +
                "they count as missing.",
                name);
        }
        if (!IsNearlyDate(column, counted))
            return null;
        string what = counted.Dates.AnyCount > counted.Dates.CountOf(form)
            ? $"Column '{name}' has dates of several forms, first {first}, and is no date as it is. Write all of them one way"
            : $"Column '{name}' would be a date but for {others:N0} of {values:N0} values, first {first}. Correct them";
        string effect = form == DateForm.None ? "." : $", or {_options.OfKind(ColumnKind.Date, name)} takes " +
            $"{(counted.Dates.AnyCount > counted.Dates.CountOf(form) ? $"the {others:N0} others" : "them")} for missing.";
        return Warn("nearly-date", what + effect, name);
    }

    /// <summary>Many different values that would be numbers but for a mark.</summary>
    private static TableWarning? OfMarkedDigits(ColumnDescription column, ColumnScan counted)
    {
        string name = column.Name;
        // Of a few values, such as ranges of ages, a category tells all.
        if (column.Kind is not (ColumnKind.Category or ColumnKind.Identifier) || counted.DistinctCount <= KindFinder.FewCategories
            || 10 * counted.MarkedDigitsCount < 9 * (counted.NumberCount + counted.TextCount)
            || ColumnRole.IsCode(name) || ColumnRole.IsIdentifier(name))
            return null;
        string read = column.Kind == ColumnKind.Category ? "is read as a category" : "is left out";
        return Warn(
            "digits-in-text",
            $"Column '{name}' holds digits, as in '{counted.FirstText}', and {read}: how large they are is not used. " +
            "Write plain numbers, in two columns if there are two, to use it.", name);
    }

    /// <summary>Whole numbers of one width, which the name alone can tell from codes.</summary>
    private TableWarning? OfCodes(ColumnDescription column, ColumnScan counted)
    {
        string name = column.Name;
        if (!KindFinder.HasWidthOfCodes(counted) || counted.Digits.LeadingZero != null || ColumnRole.IsCode(name)
            || ColumnRole.IsQuantity(name) || _scan.Origin?.Columns[column.Index].Type == ColumnType.Number)
            return null;
        string what = $"Column '{name}' has whole numbers that all have {counted.Digits.Width} digits and repeat;";
        return column.Kind switch
        {
            ColumnKind.Category => Warn(
                "codes", $"{what} they are read as codes. {_options.OfKind(ColumnKind.Number, name)} reads them as numbers.", name),
            ColumnKind.Number => Warn(
                "possible-codes",
                $"{what} they are read as numbers. If they are codes, use {_options.OfKind(ColumnKind.Category, name)}.", name),
            _ => null,
        };
    }

    private static TableWarning Warn(string code, string message, string column) => new(code, message, [column]);
}
