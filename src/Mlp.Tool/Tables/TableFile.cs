namespace Mlp.Tool.Tables;

/// <summary>Files of rows and columns: CSV and its relatives, also compressed with gzip.</summary>
internal static class TableFile
{
    /// <summary>Reads the whole file once, with bounded memory, and says what it holds.</summary>
    /// <param name="path">A file with one row per line, separated by comma, semicolon, tab or bar; <c>.gz</c> is decompressed.</param>
    /// <param name="options">What the user said; the rest is found out.</param>
    /// <param name="cancellationToken">Checked every few megabytes.</param>
    /// <exception cref="TableException">The file cannot be used: not there, damaged, or not what the options say.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableDescription Inspect(string path, TableOptions options, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException($"{path} {options} {cancellationToken}");

    /// <summary>Gives a file that ML.NET's text loader reads as described: the original when
    /// <see cref="TableDescription.NeedsCleanCopy"/> is false, else a clean copy (UTF-8, comma, quoted where needed, missing values empty, dates as
    /// days since 1970-01-01, rows without a label left out) in the folder for temporary files, written in one pass.</summary>
    /// <exception cref="TableException">The file changed since it was inspected, or the copy cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static LoadableTable OpenForLoading(TableDescription table, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException($"{table} {cancellationToken}");

    /// <summary>All rows of the original file in its order, one text per column, without blanks around it and without quotes: for writing them
    /// out again beside their predictions. The array is the caller's.</summary>
    /// <exception cref="TableException">The file changed since it was inspected.</exception>
    public static IEnumerable<string[]> ReadRows(TableDescription table, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException($"{table} {cancellationToken}");
}
