using System.Globalization;

namespace Mlp.Tool.Tables;

/// <summary>Rewrites a file so that ML.NET's loader reads it as described.</summary>
internal static class CleanCopy
{
    public const char Separator = ',';

    /// <summary>Bytes of a number in its longest form.</summary>
    private const int LongestNumber = 32;

    /// <summary>Writes the copy; returns its path. Nothing is left behind when that fails.</summary>
    /// <exception cref="TableException">The file is not the one that was described, or there is no room for the copy.</exception>
    public static string Write(TableDescription table, string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, $"mlp-{Guid.NewGuid():N}.csv");
        bool isComplete = false;
        try
        {
            using (FileStream file = Create(path))
            using (var writer = new CsvWriter(file))
                Write(table, writer, cancellationToken);
            isComplete = true;
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TableException(table.Path,
                $"The clean copy of {table.Path} cannot be written to {path}: {exception.Message.TrimEnd('.')}. Make room there, or set TMPDIR to another folder.", inner: exception);
        }
        finally
        {
            if (!isComplete && File.Exists(path))
                File.Delete(path);
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        // Folders for temporary files are often open to all users of a machine; the data is not.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static void Write(TableDescription table, CsvWriter writer, CancellationToken cancellationToken)
    {
        if (table.HasHeader)
        {
            foreach (var column in table.Columns)
                writer.Write(column.Name);
            writer.EndRow();
        }
        foreach (var reader in RowsOf(table, cancellationToken))
        {
            if (table.Label is { } label && LabelScan.IsMissing(reader.Field(label.Column.Index), label.HasNumbers))
                continue;
            foreach (var column in table.Columns)
                WriteField(writer, reader.Field(column.Index), column, table.Label?.Task == TableTask.Regression);
            writer.EndRow();
        }
    }

    /// <summary>The reader at each row in turn.</summary>
    /// <exception cref="TableException">There are not the rows that were described.</exception>
    public static IEnumerable<RecordReader> RowsOf(TableDescription table, CancellationToken cancellationToken)
    {
        using var open = OpenTable.Again(table, cancellationToken);
        var reader = open.Reader;
        long count = 0;
        for (; reader.Read(); count++)
        {
            if (reader.FieldCount != table.Columns.Count || reader.Invalid != null)
                throw Changed(table, reader.Line);
            yield return reader;
        }
        if (count != table.RowCount)
            throw Changed(table, null);
    }

    private static void WriteField(CsvWriter writer, ReadOnlySpan<byte> text, ColumnDescription column, bool isRegression)
    {
        switch (column.Kind)
        {
            case ColumnKind.Number:
            case ColumnKind.Label when isRegression:
                WriteNumber(writer, text);
                break;
            case ColumnKind.Date:
                WriteDate(writer, text, column.DateForm);
                break;
            case ColumnKind.Category or ColumnKind.Label or ColumnKind.Split:
                writer.Write(text);
                break;
            default:
                writer.Write([]);
                break;
        }
    }

    /// <summary>As it is, so that the loader makes the same Single of it as of the original, but with a decimal point; nothing for what is no number.</summary>
    private static void WriteNumber(CsvWriter writer, ReadOnlySpan<byte> text)
    {
        if (!NumberText.TryParse(text, out var number) || number.IsTooLarge)
        {
            writer.Write([]);
            return;
        }
        int comma = text.IndexOf((byte)',');
        if (comma < 0)
        {
            writer.Write(text);
            return;
        }
        byte[] withPoint = text.ToArray();
        withPoint[comma] = (byte)'.';
        writer.Write(withPoint);
    }

    private static void WriteDate(CsvWriter writer, ReadOnlySpan<byte> text, DateForm form)
    {
        if (!DateText.TryParse(text, form, out double days))
        {
            writer.Write([]);
            return;
        }
        Span<byte> number = stackalloc byte[LongestNumber];
        days.TryFormat(number, out int length, "R", CultureInfo.InvariantCulture);
        writer.Write(number[..length]);
    }

    private static TableException Changed(TableDescription table, long? line) =>
        new(table.Path, $"{table.Path} is not what it was when it was inspected{(line == null ? "" : $" (line {line:N0})")}. Start again when nothing writes to it.", line);
}
