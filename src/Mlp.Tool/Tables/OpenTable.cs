using System.Text;

namespace Mlp.Tool.Tables;

/// <summary>A file opened as a table: its reader stands behind the header, if there is one.</summary>
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

    /// <summary>Opens a file and finds out how it is laid out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the user said.</param>
    /// <param name="encoding">Null to find it out.</param>
    /// <param name="cancellationToken">For all reading.</param>
    public static OpenTable Find(string path, TableOptions options, TableEncoding? encoding, CancellationToken cancellationToken)
    {
        return Open(path, encoding, cancellationToken, source =>
        {
            var head = new byte[TableLimits.HeadBytes];
            int length = source.Stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            head = head[..length];
            return (DialectFinder.Find(head, length < TableLimits.HeadBytes, options, path), new HeadStream(head, source.Stream, long.MaxValue));
        });
    }

    /// <summary>Opens a file that was inspected before.</summary>
    public static OpenTable Again(TableDescription table, CancellationToken cancellationToken)
    {
        var dialect = new Dialect(table.Separator, table.HasHeader, table.SkippedLineCount);
        return Open(table.Path, table.Encoding, cancellationToken, source => (dialect, source.Stream));
    }

    private static OpenTable Open(string path, TableEncoding? encoding, CancellationToken cancellationToken, Func<TableSource, (Dialect, Stream)> begin)
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
        // The marks of a comment are not part of the first name.
        names[0] = names[0].TrimStart('#', '/').TrimStart();
        return names;
    }

    public void Dispose() => _source.Dispose();
}
