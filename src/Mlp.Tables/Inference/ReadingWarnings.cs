using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Inference;

/// <summary>Finds columns that may mean something else than they are read as.</summary>
internal sealed class ReadingWarnings
{
    private readonly TableScan _scan;
    private readonly OptionNames _options;

    private ReadingWarnings(TableScan scan, OptionNames options) => (_scan, _options) = (scan, options);

    public static IEnumerable<TableWarning> Find(TableDescription table, TableScan scan, OptionNames options)
    {
        var warnings = new ReadingWarnings(scan, options);
        return table.Columns.Where(column => !column.IsKindGiven).SelectMany(warnings.OfColumn);
    }

    private IEnumerable<TableWarning> OfColumn(ColumnDescription column)
    {
        ColumnScan counted = _scan.Columns[column.Index];
        if (OfCodes(column, counted) is { } codes)
            yield return codes;
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
