using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Tables;

namespace Mlp.Tool.Tests.Tables;

/// <summary>What ML.NET's loader makes of a table, and what the description promises that it makes.</summary>
internal static class LoadedTable
{
    /// <summary>Checks every cell that a model would see.</summary>
    public static void AssertAsDescribed(TableDescription table)
    {
        using var loadable = TableFile.OpenForLoading(table);
        Assert.Equal(table.NeedsCleanCopy, loadable.IsCopy);
        Assert.Equal(Expected(table), Load(table, loadable));
    }

    /// <summary>Whether every cell that a model would see is as promised.</summary>
    public static bool IsAsDescribed(TableDescription table)
    {
        using var loadable = TableFile.OpenForLoading(table);
        return Expected(table).Select(Line).SequenceEqual(Load(table, loadable).Select(Line));

        static string Line(string[] cells) => string.Join('\n', cells);
    }

    /// <summary>The rows as the loader gives them, cells as text; NaN where a number is missing.</summary>
    public static List<string[]> Load(TableDescription table, LoadableTable loadable)
    {
        var used = table.Columns.Where(column => IsUsed(column.Kind)).ToList();
        var options = new TextLoader.Options
        {
            Separators = [loadable.Separator],
            HasHeader = loadable.HasHeader,
            AllowQuoting = loadable.AllowQuoting,
            DecimalMarker = loadable.DecimalMark,
            MissingRealsAsNaNs = true,
            Columns = [.. used.Select(column => new TextLoader.Column($"c{column.Index}", IsNumber(table, column) ? DataKind.Single : DataKind.String, column.Index))],
        };
        var ml = new MLContext();
        var data = ml.Data.LoadFromTextFile(loadable.Path, options);
        var columns = used.Select(column => IsNumber(table, column)
            ? data.GetColumn<float>($"c{column.Index}").Select(Text).ToArray()
            : data.GetColumn<string>($"c{column.Index}").ToArray()).ToList();
        return [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())];
    }

    private static IEnumerable<string[]> Expected(TableDescription table)
    {
        foreach (string[] row in TableFile.ReadRows(table))
        {
            if (table.Label is { } label && LabelScan.IsMissing(Encoding.UTF8.GetBytes(row[label.Column.Index]), label.HasNumbers))
                continue;
            yield return [.. table.Columns.Where(column => IsUsed(column.Kind)).Select(column => Expected(table, column, row[column.Index]))];
        }
    }

    private static string Expected(TableDescription table, ColumnDescription column, string text)
    {
        if (column.Kind == ColumnKind.Date)
            return DateText.TryParse(Encoding.UTF8.GetBytes(text), column.DateForm, out double days) ? Text((float)days) : Text(float.NaN);
        if (!IsNumber(table, column))
            return text;
        bool isNumber = float.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number);
        return Text(isNumber ? number : float.NaN);
    }

    private static bool IsUsed(ColumnKind kind) =>
        kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date or ColumnKind.Label or ColumnKind.Split;

    private static bool IsNumber(TableDescription table, ColumnDescription column) =>
        column.Kind is ColumnKind.Number or ColumnKind.Date || column.Kind == ColumnKind.Label && table.Label!.Task == TableTask.Regression;

    // The loader may round the last bit of a Single the other way.
    private static string Text(float number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
