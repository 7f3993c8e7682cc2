using Microsoft.ML;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Inference;
using Mlp.Tables.ParquetFiles;
using Mlp.Tables.Reading;
using Mlp.Tables.TextFiles;

namespace Mlp.Tables;

/// <summary>Table files: CSV and similar formats, also compressed with gzip, zstd or Brotli (<c>.br</c>), and Parquet.</summary>
public static class TableFile
{
    /// <summary>Reads the whole file once, with bounded memory, and says what it holds.</summary>
    /// <param name="path">A file with one row per line, separated by comma, semicolon, tab or bar, compressed or not; or a Parquet file,
    /// whose schema says the types of its columns.</param>
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
        return ParquetOrigin.IsAt(path) ? Inspect(ParquetOrigin.Open([path], options), options, cancellationToken)
            : TableDescriber.Describe(path, options, TableScan.Run(path, options, cancellationToken));
    }

    /// <summary>Reads several files of the same columns as one table, in the given order, each from where it is: all of Parquet, or all of
    /// text, compressed or not, in any encoding. The columns of text may be in another order in each file; without headers the place of a
    /// column counts.</summary>
    /// <param name="paths">At least one; <see cref="FilesOf"/> finds them by a pattern.</param>
    /// <param name="options">What is known; the rest is inferred. Default: null, nothing is known.</param>
    /// <param name="cancellationToken">Checked whenever more is read.</param>
    /// <inheritdoc cref="Inspect(string, TableOptions, CancellationToken)" path="/exception"/>
    public static TableDescription Inspect(
        IReadOnlyList<string> paths, TableOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
            throw new ArgumentException("There are no files. Give one at least.", nameof(paths));
        if (paths.Count == 1)
            return Inspect(paths[0], options, cancellationToken);
        options ??= new TableOptions();
        options.Check();
        return Inspect(OriginOf(paths, options, cancellationToken), options, cancellationToken);
    }

    /// <summary>Several files as one.</summary>
    /// <exception cref="TableException">One is not there, of another kind, or has other columns.</exception>
    internal static RowOrigin OriginOf(IReadOnlyList<string> paths, TableOptions options, CancellationToken cancellationToken)
    {
        bool isParquet = ParquetOrigin.IsAt(paths[0]);
        if (paths.FirstOrDefault(path => File.Exists(path) && ParquetOrigin.IsAt(path) != isParquet) is string other)
        {
            throw new TableException(
                other,
                $"{other} is {(isParquet ? "no" : "a")} Parquet file, and {paths[0]} is {(isParquet ? "one" : "none")}; files that are "
                    + "read as one table are of one kind.");
        }
        return isParquet ? ParquetOrigin.Open(paths, options) : TextOrigin.Open(paths, options, cancellationToken);
    }

    /// <summary>The files that a pattern stands for, in the order of their names: <c>data/*.parquet</c>, <c>sales-202?.csv</c>.</summary>
    /// <param name="pattern">A path with * or ? in its last part; without them, and where a file has that very name, the path
    /// itself.</param>
    /// <exception cref="TableException">There are none.</exception>
    public static IReadOnlyList<string> FilesOf(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        string name = Path.GetFileName(pattern), folder = Path.GetDirectoryName(pattern) ?? "";
        if (name.AsSpan().IndexOfAny('*', '?') < 0 || File.Exists(pattern))
            return [pattern];
        string searched = folder.Length == 0 ? "." : folder;
        string[] found = !Directory.Exists(searched) ? []
            : [.. Directory.EnumerateFiles(searched, name).Select(path => Path.Combine(folder, Path.GetFileName(path)))
                .Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new TableException(
            pattern, $"No file is called {pattern}. Check the pattern; relative ones begin at {Environment.CurrentDirectory}.");
    }

    /// <summary>Inspects a file and gives its rows: those of <see cref="Load(TableDescription, IReadOnlyList{TableColumn})"/>.</summary>
    /// <param name="path">As <see cref="Inspect(string, TableOptions, CancellationToken)"/> takes it.</param>
    /// <param name="options">What is known; the rest is inferred. Default: null, nothing is known.</param>
    /// <param name="columns">Columns of the view; they say of what kind their columns of the file are. Default: null, all that something
    /// can be learnt from, the label and the split column, under their own names.</param>
    /// <exception cref="TableException">The file cannot be used: not there, damaged, or not what options and columns say.</exception>
    /// <exception cref="ArgumentException">The options or the columns are wrong whatever the file.</exception>
    public static IDataView Load(string path, TableOptions? options = null, IReadOnlyList<TableColumn>? columns = null) =>
        Load(Inspect(path, columns is null ? options : TableColumns.AddKinds(options ?? new TableOptions(), columns)), columns);

    /// <summary>The rows of a file that was inspected, in the order of the file, read again by each cursor.</summary>
    /// <param name="table">As <see cref="Inspect(string, TableOptions, CancellationToken)"/> described it.</param>
    /// <param name="columns">Columns of the view. Default: null, all that something can be learnt from, the label and the split column,
    /// under their own names.</param>
    /// <returns>A view with numbers and dates as <see cref="float"/>, missing ones NaN, and other columns as text, missing ones empty. Rows
    /// without a label are left out. Its cursors raise <see cref="TableException"/> when the file has changed. Any number of cursors can be
    /// used at the same time, each by one thread.</returns>
    /// <exception cref="ArgumentException">A column is none of the table's, or text is asked for as a number.</exception>
    public static IDataView Load(TableDescription table, IReadOnlyList<TableColumn>? columns = null) =>
        new TableView(table, TableColumns.Resolve(table, columns ?? TableColumns.Of(table)));

    /// <summary>Says what the rows of an origin hold.</summary>
    internal static TableDescription Inspect(RowOrigin origin, TableOptions? options, CancellationToken cancellationToken)
    {
        options ??= new TableOptions();
        options.Check();
        return TableDescriber.Describe(origin.Title, options, TableScan.Run(origin, options, cancellationToken));
    }

    /// <summary>All rows of the file in its order, those without a label included: one text per column, without quotes and blanks around
    /// it. The array is the caller's.</summary>
    /// <param name="table">As <see cref="Inspect(string, TableOptions, CancellationToken)"/> described it.</param>
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
