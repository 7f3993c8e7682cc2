namespace Mlp.Tool.Tables;

/// <summary>Finds what ML.NET's text loader would read otherwise than the description says.</summary>
internal static class LoaderDifferences
{
    /// <summary>One sentence for each reason to load a clean copy instead; none when the file can be loaded as it is.</summary>
    public static IEnumerable<string> Find(TableDescription table, TableScan scan) =>
        [.. OfFile(table, scan.Quirks), .. OfColumns(table, scan), .. OfNumbers(table, scan)];

    private static IEnumerable<string> OfFile(TableDescription table, LoaderQuirks quirks)
    {
        if (table.IsCompressed)
            yield return "It is compressed with gzip.";
        if (!TableEncodings.IsReadByLoader(table.Encoding))
            yield return $"Its encoding is {table.EncodingName}.";
        // The loader takes these for patterns of file names.
        if (table.Path.AsSpan().IndexOfAny("+*?") >= 0 || table.Path.Contains("...", StringComparison.Ordinal))
            yield return "Its path has a +, *, ? or ..., which the loader takes for a pattern.";
        if ((quirks & LoaderQuirks.BlankLine) != 0)
            yield return "It has lines of blanks, which the loader takes for rows.";
        if ((quirks & LoaderQuirks.LineBreakInQuotes) != 0)
            yield return "It has line breaks within quotes.";
        if ((quirks & LoaderQuirks.LooksLikeComment) != 0)
            yield return "It has rows that begin with # or //, which the loader takes for comments.";
        if ((quirks & LoaderQuirks.TabBesideQuotes) != 0)
            yield return "It has tabs beside quotes.";
        if (table.Label is { MissingCount: > 0 } label)
            yield return $"{label.MissingCount:N0} rows have no label.";
    }

    private static IEnumerable<string> OfColumns(TableDescription table, TableScan scan)
    {
        foreach (var column in table.Columns)
        {
            var marks = scan.Columns[column.Index].Marks;
            bool isText = IsReadAsText(table, column);
            if (column.Kind == ColumnKind.Date)
                yield return $"Column '{column.Name}' has dates.";
            if (isText && (marks & FieldMarks.BlanksInText) != 0)
                yield return $"Column '{column.Name}' has blanks around its texts.";
            if (IsReadAsNumber(table, column) && (marks & FieldMarks.BlanksBeforeNumber) != 0)
                yield return $"Column '{column.Name}' has tabs or quoted blanks in front of its numbers.";
        }
    }

    private static IEnumerable<string> OfNumbers(TableDescription table, TableScan scan)
    {
        var numbers = table.Columns.Where(column => IsReadAsNumber(table, column)).ToList();
        // A column of whole numbers is read alike with either mark.
        var points = numbers.Where(column => scan.Columns[column.Index].PointCount > 0).ToList();
        if (table.DecimalMark == ',' && points.Count > 0)
            yield return $"Some numbers have a decimal comma, those of column '{points[0].Name}' a point.";
        foreach (var column in numbers)
        {
            var counted = scan.Columns[column.Index];
            if (counted.TooLargeCount > 0 || counted.Tokens.Exists(token => token.Kind == MissingToken.Infinite))
                yield return $"Column '{column.Name}' has infinite numbers.";
        }
    }

    private static bool IsReadAsNumber(TableDescription table, ColumnDescription column) =>
        column.Kind == ColumnKind.Number || column.Kind == ColumnKind.Label && table.Label?.Task == TableTask.Regression;

    private static bool IsReadAsText(TableDescription table, ColumnDescription column) =>
        column.Kind is ColumnKind.Category or ColumnKind.Split || column.Kind == ColumnKind.Label && table.Label?.Task != TableTask.Regression;
}
