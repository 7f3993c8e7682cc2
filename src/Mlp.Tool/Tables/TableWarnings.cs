namespace Mlp.Tool.Tables;

/// <summary>Looks for what the owner of a table should know.</summary>
internal static class TableWarnings
{
    /// <summary>So strong a correlation with a numeric label is no coincidence.</summary>
    private const double LeakingCorrelation = 0.99999;

    private const int FewRows = 100, FewRowsPerClass = 5;

    public static IEnumerable<TableWarning> Find(TableDescription table, TableScan scan) =>
    [
        .. OfFile(table, scan), .. OfColumns(table, scan), .. Duplicates(table, scan), .. Leaks(table, scan), .. OfLabel(table),
    ];

    private static IEnumerable<TableWarning> OfFile(TableDescription table, TableScan scan)
    {
        if (scan.NotUtf8 is { } byteValue)
            yield return Warn("encoding", $"Line {byteValue.Line:N0} has byte 0x{byteValue.Value:X2}, which is not UTF-8; the file is read as Windows-1252. If letters look wrong, save it as UTF-8.");
        if (scan.Names.Duplicates is { Count: > 0 } names)
            yield return Warn("duplicate-name", $"The header has some names more than once: {TextExcerpt.List(names)}. The later ones are numbered, as in 'name (2)'.", names);
        if (table.SplitCandidate is { } split)
            yield return Warn("split-column", $"Column '{split.Column.Name}' says which rows train ({split.TrainCount:N0}) and which test ({split.TestCount:N0}); it is left out. --split-column {split.Column.Name} uses it.", [split.Column.Name]);
        if (scan.DuplicateRowCount > 0)
        {
            string among = scan.DuplicatesAreCapped ? $" of the first {TableLimits.RowsCompared:N0} different ones" : "";
            yield return Warn("duplicate-rows", $"{scan.DuplicateRowCount:N0} of {table.RowCount:N0} rows repeat an earlier one{among}. If they are copies, remove them: a copy of a training row among the test rows makes a model look better than it is.");
        }
    }

    private static IEnumerable<TableWarning> OfColumns(TableDescription table, TableScan scan)
    {
        string[] constant = Names(table.Columns.Where(column => column.Kind == ColumnKind.Constant));
        if (constant.Length > 0)
            yield return Warn("constant-column", $"{Count(constant, "column has", "columns have")} one value, or none, in all rows: {TextExcerpt.List(constant)}. Nothing can be learned from {(constant.Length == 1 ? "it; it is" : "them; they are")} left out.", constant);
        string[] left = Names(table.Columns.Where(column => column.Kind is ColumnKind.Identifier or ColumnKind.Text));
        if (left.Length > 0)
            yield return Warn("left-out-column", $"{Count(left, "column is", "columns are")} left out as identifier or free text: {TextExcerpt.List(left)}. --category or --number with {(left.Length == 1 ? "its name" : "their names")} uses them.", left);
        foreach (var column in table.Columns)
        {
            var counted = scan.Columns[column.Index];
            if (column.Kind == ColumnKind.Number && counted.TextCount > 0)
                yield return Warn("text-among-numbers", $"Column '{column.Name}' has {counted.TextCount:N0} values that are no numbers, first '{counted.FirstText}' in line {counted.FirstTextLine:N0}; they count as missing.", [column.Name]);
            if (column.Kind is ColumnKind.Category or ColumnKind.Text or ColumnKind.Identifier && counted.NumberCount > 0 && counted.NumberCount >= 9 * counted.TextCount && !column.Reason.StartsWith("--", StringComparison.Ordinal) && counted.TextCount > 0)
                yield return Warn("nearly-number", $"Column '{column.Name}' would be a number but for {counted.TextCount:N0} of {table.RowCount:N0} values, first '{counted.FirstText}' in line {counted.FirstTextLine:N0}. Correct them, or --number {column.Name} takes them for missing.", [column.Name]);
            if (column.Kind is ColumnKind.Text && counted.GroupedCount + counted.CommaGroupCount > 0 && KindFinder.HasOnlyNumbers(counted))
                yield return Warn("thousands-separator", $"Column '{column.Name}' is left out: {column.Reason}", [column.Name]);
            if (column.Kind is ColumnKind.Number && column.DecimalMark == ',' && counted.CommaCount == counted.CommaGroupCount)
                yield return Warn("decimal-comma", $"Column '{column.Name}' has numbers such as {counted.FirstGrouped}, read with a decimal comma. If that comma separates thousands, remove it from the file.", [column.Name]);
            if (counted.TooLargeCount + counted.Tokens.Where(token => token.Kind == MissingToken.Infinite).Sum(token => token.Count) is > 0 and long infinite && column.Kind == ColumnKind.Number)
                yield return Warn("infinite", $"Column '{column.Name}' has {infinite:N0} values that are infinite or beyond the range of a Single (3.4E38); they count as missing.", [column.Name]);
            if (counted is { NumberCount: 0, TextCount: > 0 } && counted.DateForms == (DateForm.DayFirst | DateForm.MonthFirst) && !column.Reason.StartsWith("--", StringComparison.Ordinal))
                yield return Warn("ambiguous-date", $"Column '{column.Name}' has dates such as {counted.FirstText}, which may be day/month or month/day. Write them like 2020-01-31 to use them.", [column.Name]);
            if (column.IsFeature && 2 * column.MissingCount > table.RowCount)
                yield return Warn("mostly-missing", $"Column '{column.Name}' has no value in {column.MissingCount:N0} of {table.RowCount:N0} rows. --ignore {column.Name} leaves it out.", [column.Name]);
            if (column.Kind == ColumnKind.Category && (column.DistinctCount > TableLimits.Categories || column.DistinctCountIsCapped))
                yield return Warn("many-categories", $"Column '{column.Name}' has {(column.DistinctCountIsCapped ? "more than " : "")}{column.DistinctCount:N0} categories, each of which becomes a feature. --ignore {column.Name} leaves it out.", [column.Name]);
        }
    }

    private static IEnumerable<TableWarning> Duplicates(TableDescription table, TableScan scan)
    {
        foreach (var same in table.Columns.Where(column => column.IsFeature).GroupBy(column => (column.Kind, scan.Columns[column.Index].ContentHash)))
        {
            string[] names = Names(same);
            if (names.Length > 1)
                yield return Warn("duplicate-column", $"Columns {TextExcerpt.List(names)} are the same in every row. One of them is enough: --ignore {string.Join(",", names[1..])}.", names);
        }
    }

    private static IEnumerable<TableWarning> Leaks(TableDescription table, TableScan scan)
    {
        if (table.Label is not { } label)
            yield break;
        long rows = table.RowCount - label.MissingCount;
        foreach (var column in table.Columns.Where(column => column.IsFeature))
        {
            var relation = scan.Relations[column.Index];
            // With hardly more rows than values, any two columns of different values are one to one.
            bool isOneToOne = relation.IsOneToOne && rows >= 2 * scan.Columns[label.Column.Index].DistinctCount;
            if (isOneToOne || label.Task == TableTask.Regression && Math.Abs(relation.Correlation) >= LeakingCorrelation)
                yield return Warn("leaking-column", $"Column '{column.Name}' tells the label: {(isOneToOne ? "each value of one goes with one value of the other" : $"their correlation is {relation.Correlation:F5}")}. If it is not known before the label is, use --ignore {column.Name}.", [column.Name]);
        }
    }

    private static IEnumerable<TableWarning> OfLabel(TableDescription table)
    {
        if (table.Label is not { } label)
            yield break;
        string[] name = [label.Column.Name];
        if (label.MissingCount > 0)
            yield return Warn("missing-label", $"{label.MissingCount:N0} of {table.RowCount:N0} rows have no label, first in line {label.MissingLines[0]:N0}; they are left out.", name);
        string[] rare = [.. label.Classes.Where(value => value.Count < FewRowsPerClass).Select(value => $"{TextExcerpt.Of(value.Value)} ({value.Count})")];
        if (rare.Length > 0)
            yield return Warn("rare-class", $"{Count(rare, "class has", "classes have")} fewer than {FewRowsPerClass} rows: {TextExcerpt.List(rare)}. A model hardly learns them, and a test may lack them; add rows or merge classes.", name);
        if (table.RowCount - label.MissingCount is < FewRows and long rows)
            yield return Warn("few-rows", $"There are {rows:N0} rows with a label; figures from so few vary much from one split to the next.", []);
    }

    private static string[] Names(IEnumerable<ColumnDescription> columns) => [.. columns.Select(column => column.Name)];

    private static string Count(string[] things, string one, string several) => things.Length == 1 ? $"1 {one}" : $"{things.Length:N0} {several}";

    private static TableWarning Warn(string code, string message, IReadOnlyList<string>? columns = null) => new(code, message, columns ?? []);
}
