using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Tests;

/// <summary>What a view gives of a table, what the description promises that it gives, and what ML.NET's own loader makes of the same
/// file.</summary>
internal static partial class LoadedTable
{
    /// <summary>Checks every cell of the view.</summary>
    public static void AssertAsDescribed(TableDescription table)
    {
        IDataView view = TableFile.Load(table);
        string[][] expected = [.. Expected(table)];
        Assert.Equal(expected, Cells(view));
        Assert.Equal(expected.Length, view.GetRowCount());
    }

    /// <summary>Checks that ML.NET's own loader gives the same.</summary>
    public static void AssertAsLoaded(TableDescription table)
    {
        var used = Used(table).ToList();
        var options = new TextLoader.Options
        {
            Separators = [table.Separator],
            HasHeader = table.HasHeader,
            // Where no field begins with a quote, one is a letter like others.
            AllowQuoting = QuotedField().IsMatch(File.ReadAllText(table.Path)),
            DecimalMarker = table.DecimalMark,
            MissingRealsAsNaNs = true,
            Columns = [.. used.Select(column =>
                new TextLoader.Column(column.Name, IsNumber(table, column) ? DataKind.Single : DataKind.String, column.Index))],
        };
        Assert.Equal(Cells(new MLContext().Data.LoadFromTextFile(table.Path, options)), Cells(TableFile.Load(table)));
    }

    /// <summary>The rows, cells as text; NaN where a number is missing.</summary>
    public static string[][] Cells(IDataView view)
    {
        string[][] columns = [.. view.Schema.Select(column => column.Type is TextDataViewType
            ? view.GetColumn<string>(column).ToArray()
            : [.. view.GetColumn<float>(column).Select(Text)])];
        return [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())];
    }

    [GeneratedRegex(@"(^|,)\s*""", RegexOptions.Multiline)]
    private static partial Regex QuotedField();

    private static IEnumerable<string[]> Expected(TableDescription table)
    {
        foreach (string[] row in TableFile.ReadRows(table))
        {
            if (table.Label is { } label && MissingTokens.IsNoLabel(Encoding.UTF8.GetBytes(row[label.Column.Index]), label.HasNumbers))
                continue;
            yield return [.. Used(table).Select(column => Expected(table, column, row[column.Index]))];
        }
    }

    private static string Expected(TableDescription table, ColumnDescription column, string text)
    {
        if (column.Kind == ColumnKind.Date)
            return DateText.TryParse(Encoding.UTF8.GetBytes(text), column.DateForm, out var date)
                ? Text((float)date.Days) : Text(float.NaN);
        if (!IsNumber(table, column))
            return text;
        if (float.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
            return Text(float.IsFinite(number) ? number : float.NaN);
        // Numbers with units and marks between thousands have tests of their own.
        return Text((float)NumberReader.Read(Encoding.UTF8.GetBytes(text), column.NumberForm));
    }

    private static IEnumerable<ColumnDescription> Used(TableDescription table) => table.Columns.Where(column =>
        column.IsFeature || column.Kind is ColumnKind.Label or ColumnKind.Split);

    private static bool IsNumber(TableDescription table, ColumnDescription column) =>
        column.Kind is ColumnKind.Number or ColumnKind.Date || column.Kind == ColumnKind.Label && table.Label!.Task == TableTask.Regression;

    // ML.NET's loader may round the last bit of a Single the other way.
    private static string Text(float number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
