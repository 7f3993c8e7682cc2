namespace Mlp.Tool.Tables;

/// <summary>Files of rows and columns: CSV and its relatives, also compressed with gzip.</summary>
internal static class TableFile
{
    /// <summary>Reads the whole file once, with bounded memory, and says what it holds.</summary>
    /// <param name="path">A file with one row per line, separated by comma, semicolon, tab or bar, compressed with gzip or not.</param>
    /// <param name="options">What the user said; the rest is found out.</param>
    /// <param name="cancellationToken">Checked whenever more of the file is read.</param>
    /// <exception cref="TableException">The file cannot be used: not there, damaged, or not what the options say.</exception>
    /// <exception cref="ArgumentException">The options are wrong whatever the file.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <remarks>A file with bytes beyond ASCII that are not UTF-8 is read twice.</remarks>
    public static TableDescription Inspect(string path, TableOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        return TableDescriber.Describe(path, options, TableScan.Run(path, options, cancellationToken));
    }

    /// <summary>Gives a file that ML.NET's text loader reads as described: the original when
    /// <see cref="TableDescription.NeedsCleanCopy"/> is false, else a clean copy (UTF-8, comma, quoted where needed, missing values empty, dates as
    /// days since 1970-01-01, rows without a label left out), written in one pass.</summary>
    /// <param name="table">As <see cref="Inspect"/> described it.</param>
    /// <param name="temporaryFolder">Where a copy is written; null for the system's folder for temporary files.</param>
    /// <param name="cancellationToken">Checked whenever more of the file is read.</param>
    /// <exception cref="TableException">The file changed since it was inspected, or the copy cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static LoadableTable OpenForLoading(TableDescription table, string? temporaryFolder = null, CancellationToken cancellationToken = default)
    {
        return table.NeedsCleanCopy
            ? new LoadableTable(CleanCopy.Write(table, temporaryFolder ?? Path.GetTempPath(), cancellationToken), CleanCopy.Separator, table.HasHeader, allowQuoting: true, decimalMark: '.', isCopy: true)
            : new LoadableTable(table.Path, table.Separator, table.HasHeader, table.IsQuoted, table.DecimalMark, isCopy: false);
    }

    /// <summary>All rows of the original file in its order, one text per column, without blanks around it and without quotes: for writing them
    /// out again beside their predictions. The array is the caller's.</summary>
    /// <exception cref="TableException">The file changed since it was inspected.</exception>
    public static IEnumerable<string[]> ReadRows(TableDescription table, CancellationToken cancellationToken = default)
    {
        foreach (var reader in CleanCopy.RowsOf(table, cancellationToken))
        {
            var row = new string[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
                row[i] = reader.Text(i);
            yield return row;
        }
    }
}
