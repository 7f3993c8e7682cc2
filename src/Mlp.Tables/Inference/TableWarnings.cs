using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Finds what the owner of a table should know.</summary>
internal sealed class TableWarnings
{
    /// <summary>A correlation with a numeric label from which on a column is reported.</summary>
    private const double LeakingCorrelation = 0.99999;

    private const int FewRows = 100, FewRowsPerClass = 5, ManyCategories = 1000;

    private readonly TableDescription _table;
    private readonly TableScan _scan;
    private readonly NumberFinder _numbers;
    private readonly OptionNames _options;

    private TableWarnings(TableDescription table, TableScan scan, NumberFinder numbers, OptionNames options) =>
        (_table, _scan, _numbers, _options) = (table, scan, numbers, options);

    public static IEnumerable<TableWarning> Find(TableDescription table, TableScan scan, NumberFinder numbers, OptionNames options)
    {
        var warnings = new TableWarnings(table, scan, numbers, options);
        return
        [
            .. warnings.OfFile(), .. warnings.OfColumnsLeftOut(), .. table.Columns.SelectMany(warnings.OfColumn),
            .. ReadingWarnings.Find(table, scan, numbers, options), .. warnings.Duplicates(), .. warnings.Leaks(), .. warnings.OfLabel(),
        ];
    }

    private IEnumerable<TableWarning> OfFile()
    {
        if (_scan.NotUtf8 is { } found)
        {
            yield return Warn(
                "encoding",
                $"Line {found.Line:N0} has byte 0x{found.Value:X2}, which is not UTF-8; the file is read as Windows-1252. " +
                "If letters look wrong, save it as UTF-8.");
        }
        if (_scan.Names.Duplicates is { Count: > 0 } names)
        {
            yield return Warn(
                "duplicate-name",
                $"The header has some names more than once: {TextExcerpt.List(names)}. The later ones are numbered, as in 'name (2)'.",
                names);
        }
        if (_table.SplitCandidate is { } split)
        {
            yield return Warn(
                "split-column",
                $"Column '{split.Column.Name}' says which rows train ({split.TrainCount:N0}) and which test ({split.TestCount:N0}); " +
                $"it is left out. {_options.SplitColumn} {split.Column.Name} uses it.",
                split.Column.Name);
        }
        if (_scan.DuplicateRowCount > 0)
        {
            string among = _scan.DuplicatesAreCapped ? $" of the first {TableLimits.RowsCompared:N0} different ones" : "";
            yield return Warn(
                "duplicate-rows",
                $"{_scan.DuplicateRowCount:N0} of {_table.RowCount:N0} rows repeat an earlier one{among}. " +
                "If they are copies, remove them: a copy of a training row among the test rows makes a model look better than it is.");
        }
    }

    private IEnumerable<TableWarning> OfColumnsLeftOut()
    {
        string[] constant = Names(_table.Columns.Where(column => column.Kind == ColumnKind.Constant));
        if (constant.Length > 0)
        {
            yield return Warn(
                "constant-column",
                $"{Count(constant, "column has", "columns have")} one value, or none, in all rows: {TextExcerpt.List(constant)}. " +
                $"Nothing can be learned from {(constant.Length == 1 ? "it; it is" : "them; they are")} left out.",
                constant);
        }
        string[] left = Names(_table.Columns.Where(column => column.Kind is ColumnKind.Identifier or ColumnKind.Unreadable));
        if (left.Length > 0)
        {
            yield return Warn(
                "left-out-column",
                $"{Count(left, "column is", "columns are")} left out, because the values name the rows or cannot be read: " +
                $"{TextExcerpt.List(left)}; {_options.OfKind(ColumnKind.Category)} or {_options.OfKind(ColumnKind.Text)} with " +
                $"{(left.Length == 1 ? "its name uses it" : "their names uses them")}.",
                left);
        }
    }

    private IEnumerable<TableWarning> OfColumn(ColumnDescription column)
    {
        string name = column.Name;
        var counted = _scan.Columns[column.Index];
        NumberFinding numbers = column.Kind == ColumnKind.Number ? _numbers.Find(counted, column.NumberForm) : NumberFinding.None;
        long noNumbers = column.Kind == ColumnKind.Number ? counted.NumberCount + counted.TextCount - numbers.Count : 0;
        if (noNumbers > 0)
        {
            (string values, string they) = noNumbers == 1
                ? ("1 value that is no number", "it counts") : ($"{noNumbers:N0} values that are no numbers", "they count");
            yield return Warn(
                "text-among-numbers",
                $"Column '{name}' has {values}{InUnit(column)}{FirstNoNumber(", first ")}{InOtherUnits(column, counted)}; " +
                $"{they} as missing.",
                name);
        }
        if (IsNearlyNumber(column, counted) && !ReadingWarnings.IsNearlyDate(column, counted))
        {
            long others = counted.TextCount - counted.Numbers.QuantityCount;
            yield return Warn(
                "nearly-number",
                $"Column '{name}' would be a number, but {others:N0} of {_table.RowCount:N0} values " +
                $"{(others == 1 ? "is no number" : "are no numbers")}{FirstNoNumber(", first ")}. Correct the table, or make missing " +
                $"values of them with {_options.OfKind(ColumnKind.Number, name)}.",
                name);
        }
        if (column.TextForm != TextForm.AsWritten)
        {
            string effect = column.Kind == ColumnKind.Label ? "Correct the table if they are not."
                : $"If they are not, use {_options.OfKind(ColumnKind.Category, name)}.";
            yield return Warn(
                "joined-spellings",
                $"Column '{name}' has spellings that are taken for one value: {counted.Spellings.Example}. {effect}",
                name);
        }
        if (!column.IsKindGiven && column.Kind != ColumnKind.Label && MixesUnits(counted))
        {
            yield return Warn(
                "mixed-units",
                $"Column '{name}' has numbers in several units: {KindFinder.UnitsOf(counted)}. " +
                "Write all of them in one to use them as numbers.",
                name);
        }
        if (numbers.UnitCount > 0 && numbers.UnitCount < numbers.Count && numbers.Form.Unit == "%")
        {
            yield return Warn(
                "number-without-percent",
                $"Column '{name}' has {numbers.Count - numbers.UnitCount:N0} numbers without a percent sign; " +
                "they are taken for percent, too. If 0.15 means 15%, write it so.",
                name);
        }
        long infinite = numbers.TooLargeCount
            + counted.Tokens.Where(token => token.Kind == MissingToken.Infinite).Sum(token => token.Count);
        if (column.Kind == ColumnKind.Number && infinite > 0)
        {
            yield return Warn(
                "infinite",
                $"Column '{name}' has {infinite:N0} values that are infinite or beyond the range of a Single (3.4E38); " +
                "they count as missing.",
                name);
        }
        if (counted is { NumberCount: 0, TextCount: > 0, Dates.Forms: DateForm.DayFirst | DateForm.MonthFirst } && !column.IsKindGiven)
        {
            yield return Warn(
                "ambiguous-date",
                $"Column '{name}' has dates such as {counted.FirstText}, which may be day/month or month/day. " +
                "Write them like 2020-01-31 to use them.",
                name);
        }
        if (column.IsFeature && 2 * column.MissingCount > _table.RowCount)
        {
            yield return Warn(
                "mostly-missing",
                $"Column '{name}' has no value in {column.MissingCount:N0} of {_table.RowCount:N0} rows. {LeavesItOut()}",
                name);
        }
        if (column is { Kind: ColumnKind.Category, IsKindGiven: true, DistinctCount: > ManyCategories } && KindFinder.NamesRows(counted))
        {
            string count = $"{(column.DistinctCountIsCapped ? "more than " : "")}{column.DistinctCount:N0}";
            yield return Warn(
                "many-categories",
                $"Column '{name}' has {count} categories, nearly as many as rows; of a category with one row little can be learned. " +
                LeavesItOut(),
                name);
        }

        string FirstNoNumber(string before) =>
            counted.Numbers.FirstNoNumber is { } first ? $"{before}'{first.Text}' in line {first.Line:N0}" : "";

        string LeavesItOut() => $"{_options.OfKind(ColumnKind.Ignored, name)} leaves it out.";
    }

    private static string InUnit(ColumnDescription column) =>
        column.NumberForm.Unit.Length > 0 ? $" in {column.NumberForm.Unit}" : "";

    /// <summary>Of numbers in a unit that is not the column's: ", 1 of them in €, such as '€5'".</summary>
    private static string InOtherUnits(ColumnDescription column, ColumnScan counted)
    {
        UnitScan? other = counted.Numbers.Units.FirstOrDefault(unit =>
            unit.Count > 0 && !NumberReader.IsUnitOf(column.NumberForm.Unit, unit.Unit, unit.Factor));
        return other == null ? "" : $", {other.Count:N0} of them in {other.Unit}, such as '{other.First}'";
    }

    private static bool IsNearlyNumber(ColumnDescription column, ColumnScan counted) =>
        column.Kind is ColumnKind.Category or ColumnKind.Text or ColumnKind.Identifier && !column.IsKindGiven
        && counted.TextCount - counted.Numbers.QuantityCount is > 0 and long others
        && counted.NumberCount + counted.Numbers.QuantityCount >= 9 * others;

    /// <summary>Whether a column has numbers in two or three units that are currencies or have names: "5 kg" and "300 g", not
    /// "5a" and "5b".</summary>
    private static bool MixesUnits(ColumnScan counted) =>
        NumberFinder.HasMixedUnits(counted)
        && counted.Numbers.Units.Where(unit => unit is { Count: > 0, Unit.Length: > 0 }).ToList() is { Count: <= 3 } units
        && (units.All(unit => unit.IsCurrency || unit.Unit == "%") || units.Any(unit => unit.Unit.Length > 1));

    private IEnumerable<TableWarning> Duplicates()
    {
        var features = _table.Columns.Where(column => column.IsFeature);
        foreach (var same in features.GroupBy(column => (column.Kind, _scan.Columns[column.Index].ContentHash)))
        {
            string[] names = Names(same);
            if (names.Length > 1)
            {
                yield return Warn(
                    "duplicate-column",
                    $"Columns {TextExcerpt.List(names)} are the same in every row. One of them is enough: " +
                    $"{_options.OfKind(ColumnKind.Ignored, string.Join(",", names[1..]))}.",
                    names);
            }
        }
    }

    private IEnumerable<TableWarning> Leaks()
    {
        if (_table.Label is not { } label)
            yield break;
        long rows = _table.RowCount - label.MissingCount;
        foreach (var column in _table.Columns.Where(column => column.IsFeature))
        {
            if (HowItTells(column, label, rows) is not string how)
                continue;
            yield return Warn(
                "leaking-column",
                $"Column '{column.Name}' tells the label: {how}. If it is not known before the label is, use " +
                $"{_options.OfKind(ColumnKind.Ignored, column.Name)}.",
                column.Name);
        }
    }

    private string? HowItTells(ColumnDescription column, LabelDescription label, long rows)
    {
        var relation = _scan.Relations[column.Index];
        // If there are hardly more rows than values, any two columns with distinct values are one to one.
        if (relation.IsOneToOne && rows >= 2 * _scan.Columns[label.Column.Index].DistinctCount)
            return "each value of one goes with one value of the other";
        bool isNumber = label.Task == TableTask.Regression;
        if (isNumber && Math.Abs(relation.Correlation) >= LeakingCorrelation)
            return $"their correlation is {relation.Correlation:F5}";
        if (column.Kind != ColumnKind.Category)
            return null;
        var values = _scan.CategoryRelations[column.Index];
        if (isNumber)
        {
            return values.ExplainedVariance >= LeakingCorrelation * LeakingCorrelation
                ? $"its values explain {100 * values.ExplainedVariance:F3} % of the label's variance" : null;
        }
        return values.CountOfValuesWithOneClass is > 0 and int count ? $"each of its {count:N0} values goes with one class" : null;
    }

    private IEnumerable<TableWarning> OfLabel()
    {
        if (_table.Label is not { } label)
            yield break;
        string name = label.Column.Name;
        if (label.MissingCount > 0)
        {
            yield return Warn(
                "missing-label",
                $"{label.MissingCount:N0} of {_table.RowCount:N0} rows have no label, first in line {label.MissingLines[0]:N0}; " +
                "they are left out.",
                name);
        }
        string[] rare =
            [.. label.Classes.Where(value => value.Count < FewRowsPerClass)
                .Select(value => $"{TextExcerpt.Of(value.Value)} ({value.Count})")];
        if (rare.Length > 0)
        {
            yield return Warn(
                "rare-class",
                $"{Count(rare, "class has", "classes have")} fewer than {FewRowsPerClass} rows: {TextExcerpt.List(rare)}. " +
                "A model hardly learns them, and a test may lack them; add rows or merge classes.",
                name);
        }
        if (_table.RowCount - label.MissingCount is < FewRows and long rows)
            yield return Warn(
                "few-rows", $"There are {rows:N0} rows with a label; figures from so few vary much from one split to the next.");
    }

    private static string[] Names(IEnumerable<ColumnDescription> columns) => [.. columns.Select(column => column.Name)];

    private static string Count(string[] things, string one, string several) =>
        things.Length == 1 ? $"1 {one}" : $"{things.Length:N0} {several}";

    private static TableWarning Warn(string code, string message, params IReadOnlyList<string> columns) => new(code, message, columns);
}
