using System.Text;
using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>A file opened as a table; its reader is positioned after the header, if there is one.</summary>
internal sealed class OpenTable : IDisposable
{
    private readonly TableSource _source;

    private OpenTable(TableSource source, Dialect dialect, RecordReader reader)
    {
        _source = source;
        Dialect = dialect;
        Reader = reader;
        Header = [];
    }

    public TableEncoding Encoding => _source.Encoding;

    public bool IsCompressed => _source.IsCompressed;

    public Dialect Dialect { get; }

    public RecordReader Reader { get; }

    /// <summary>The fields of the header; empty where there is none.</summary>
    public IReadOnlyList<string> Header { get; private set; }

    /// <summary>Opens a file and infers its layout.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Null to detect it.</param>
    /// <param name="findDialect">Infers the layout from the first <see cref="TableLimits.HeadBytes"/> bytes; its second argument says
    /// whether these are all.</param>
    /// <param name="cancellationToken">For all reading.</param>
    /// <exception cref="TableException">The file cannot be read.</exception>
    public static OpenTable Find(
        string path, TableEncoding? encoding, Func<byte[], bool, Dialect> findDialect, CancellationToken cancellationToken)
    {
        return Open(path, encoding, cancellationToken, source =>
        {
            var head = new byte[TableLimits.HeadBytes];
            int length = source.Stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            head = head[..length];
            return (findDialect(head, length < TableLimits.HeadBytes), new HeadStream(head, source.Stream, long.MaxValue));
        });
    }

    /// <summary>Opens a file that was described before.</summary>
    /// <exception cref="TableException">The file cannot be read.</exception>
    public static OpenTable Again(TableDescription table, CancellationToken cancellationToken) => Again(
        table.Path, table.Encoding, new Dialect(table.Separator, table.HasHeader, table.SkippedLineCount), cancellationToken);

    /// <summary>Opens a file whose layout is known.</summary>
    /// <exception cref="TableException">The file cannot be read.</exception>
    public static OpenTable Again(string path, TableEncoding? encoding, Dialect dialect, CancellationToken cancellationToken) =>
        Open(path, encoding, cancellationToken, source => (dialect, source.Stream));

    /// <summary>The reader at each row in turn.</summary>
    /// <param name="table">As it was described.</param>
    /// <param name="cancellationToken">For all reading.</param>
    /// <param name="uses">One per column: what is not needed may be empty. Null for everything.</param>
    /// <exception cref="TableException">There are not the rows that were described.</exception>
    public static IEnumerable<RowReader> RowsOf(
        TableDescription table, CancellationToken cancellationToken, ColumnUse[]? uses = null) =>
        table.Origin is null ? LinesOf(table, cancellationToken) : OriginRows.Of(table, table.Origin, uses, cancellationToken);

    private static IEnumerable<RowReader> LinesOf(TableDescription table, CancellationToken cancellationToken)
    {
        using var open = Again(table, cancellationToken);
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

    private static OpenTable Open(
        string path, TableEncoding? encoding, CancellationToken cancellationToken, Func<TableSource, (Dialect, Stream)> begin)
    {
        var source = TableSource.Open(path, encoding);
        try
        {
            var (dialect, stream) = begin(source);
            var reader = new RecordReader(stream, dialect.Separator, path, cancellationToken);
            for (int i = 0; i < dialect.SkippedLineCount; i++)
                reader.SkipLine();
            var table = new OpenTable(source, dialect, reader);
            if (dialect.HasHeader && reader.Read())
                table.Header = ReadNames(reader);
            source = null;
            return table;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or DecoderFallbackException)
        {
            throw new TableException(path, $"{path} cannot be read: {exception.Message.TrimEnd('.')}.", inner: exception);
        }
        finally
        {
            source?.Dispose();
        }
    }

    private static List<string> ReadNames(RecordReader reader)
    {
        var names = new List<string>(reader.FieldCount);
        for (int i = 0; i < reader.FieldCount; i++)
            names.Add(reader.Text(i));
        // The comment marks are not part of the first name.
        names[0] = names[0].TrimStart('#', '/').TrimStart();
        return names;
    }

    public void Dispose() => _source.Dispose();

    private static TableException Changed(TableDescription table, long? line)
    {
        string place = line == null ? "" : $" (line {line:N0})";
        return new TableException(
            table.Path, $"{table.Path} has changed since it was inspected{place}. Start again when nothing writes to it.", line);
    }
}
