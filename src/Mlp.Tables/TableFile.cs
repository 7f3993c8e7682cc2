using Microsoft.ML;
using Mlp.Tables.Inference;
using Mlp.Tables.Reading;

namespace Mlp.Tables;

/// <summary>Table files: CSV and similar formats, also compressed with gzip.</summary>
public static class TableFile
{
    /// <summary>Reads the whole file once, with bounded memory, and says what it holds.</summary>
    /// <param name="path">A file with one row per line, separated by comma, semicolon, tab or bar, compressed with gzip or not.</param>
    /// <param name="options">What is known; the rest is inferred. Default: null, nothing is known.</param>
    /// <param name="cancellationToken">Checked whenever more of the file is read.</param>
    /// <exception cref="TableException">The file cannot be used: not there, damaged, or not what the options say.</exception>
    /// <exception cref="ArgumentException">The options are wrong whatever the file.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <remarks>A file with bytes beyond ASCII that are not UTF-8 is read twice.</remarks>
    public static TableDescription Inspect(string path, TableOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TableOptions();
        options.Check();
        return TableDescriber.Describe(path, options, TableScan.Run(path, options, cancellationToken));
    }

    /// <summary>Inspects a file and gives its rows: those of <see cref="Load(TableDescription, IReadOnlyList{TableColumn})"/>.</summary>
    /// <param name="path">As <see cref="Inspect"/> takes it.</param>
    /// <param name="options">What is known; the rest is inferred. Default: null, nothing is known.</param>
    /// <param name="columns">Columns of the view; they say of what kind their columns of the file are. Default: null, all that something
    /// can be learnt from, the label and the split column, under their own names.</param>
    /// <exception cref="TableException">The file cannot be used: not there, damaged, or not what options and columns say.</exception>
    /// <exception cref="ArgumentException">The options or the columns are wrong whatever the file.</exception>
    public static IDataView Load(string path, TableOptions? options = null, IReadOnlyList<TableColumn>? columns = null) =>
        Load(Inspect(path, columns is null ? options : TableColumns.AddKinds(options ?? new TableOptions(), columns)), columns);

    /// <summary>The rows of a file that was inspected, in the order of the file, read again by each cursor.</summary>
    /// <param name="table">As <see cref="Inspect"/> described it.</param>
    /// <param name="columns">Columns of the view. Default: null, all that something can be learnt from, the label and the split column,
    /// under their own names.</param>
    /// <returns>A view with numbers and dates as <see cref="float"/>, missing ones NaN, and other columns as text, missing ones empty. Rows
    /// without a label are left out. Its cursors raise <see cref="TableException"/> when the file has changed. Any number of cursors can be
    /// used at the same time, each by one thread.</returns>
    /// <exception cref="ArgumentException">A column is none of the table's, or text is asked for as a number.</exception>
    public static IDataView Load(TableDescription table, IReadOnlyList<TableColumn>? columns = null) =>
        new TableView(table, TableColumns.Resolve(table, columns ?? TableColumns.Of(table)));

    /// <summary>All rows of the file in its order, those without a label included: one text per column, without quotes and blanks around
    /// it. The array is the caller's.</summary>
    /// <param name="table">As <see cref="Inspect"/> described it.</param>
    /// <param name="cancellationToken">Checked whenever more of the file is read.</param>
    /// <exception cref="TableException">The file changed since it was inspected.</exception>
    public static IEnumerable<string[]> ReadRows(TableDescription table, CancellationToken cancellationToken = default)
    {
        foreach (var reader in OpenTable.RowsOf(table, cancellationToken))
        {
            var row = new string[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
                row[i] = reader.Text(i);
            yield return row;
        }
    }
}
