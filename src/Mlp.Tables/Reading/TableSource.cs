using System.IO.Compression;

namespace Mlp.Tables.Reading;

/// <summary>A file opened as a stream of UTF-8, whatever its encoding.</summary>
internal sealed class TableSource : IDisposable
{
    private const int FileBufferBytes = 1 << 16;

    /// <summary>First bytes of file types that are often mistaken for text tables, and their names.</summary>
    private static readonly (byte[] Start, string What)[] OtherFormats =
    [
        ("PK\x03\x04"u8.ToArray(), "a zip archive, perhaps an Excel workbook"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook or another Office file"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ("PARE"u8.ToArray(), "an encrypted Parquet file"),
        ("%PDF"u8.ToArray(), "a PDF file"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database"),
        ("BZh"u8.ToArray(), "compressed with bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz"),
    ];

    private TableSource(Stream stream, TableEncoding encoding, bool isCompressed)
    {
        Stream = stream;
        Encoding = encoding;
        IsCompressed = isCompressed;
    }

    /// <summary>The text from its first character on. Reading may raise <see cref="IOException"/>, <see cref="InvalidDataException"/> and
    /// <see cref="System.Text.DecoderFallbackException"/>.</summary>
    public Stream Stream { get; }

    public TableEncoding Encoding { get; }

    public bool IsCompressed { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Compressed or not, which the first bytes decide and not the name.</param>
    /// <param name="encoding">Null to detect it.</param>
    /// <exception cref="TableException">It cannot be opened, or is something else than a table.</exception>
    public static TableSource Open(string path, TableEncoding? encoding = null)
    {
        Stream? stream = null;
        try
        {
            if (Directory.Exists(path))
                throw new TableException(path, $"{path} is a folder. Give a file.");
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBufferBytes, FileOptions.SequentialScan);
            var source = Open(path, stream, encoding);
            stream = null;
            return source;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException(path,
                $"{path} does not exist. Check the path; relative ones begin at {Environment.CurrentDirectory}.", inner: exception);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new TableException(path, $"{path} cannot be read: {exception.Message.TrimEnd('.')}.", inner: exception);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private static TableSource Open(string path, Stream file, TableEncoding? encoding)
    {
        var stream = TakeHead(file, long.MaxValue, out byte[] head);
        // Brotli has no mark of its own.
        Stream? unpacked = head is [0x1F, 0x8B, ..] ? new GZipStream(stream, CompressionMode.Decompress)
            : ZstdStream.IsOne(head) ? new ZstdStream(stream)
            : path.EndsWith(".br", StringComparison.OrdinalIgnoreCase) ? new BrotliStream(stream, CompressionMode.Decompress) : null;
        if (unpacked is not null)
            stream = TakeHead(unpacked, TableLimits.DecompressedBytes, out head);
        foreach (var (start, what) in OtherFormats)
        {
            if (head.AsSpan().StartsWith(start))
                throw new TableException(path, $"{path} is {what}, not a table in text form. Export it as CSV.");
        }
        var found = encoding ?? TableEncodings.Find(head);
        stream.ReadExactly(new byte[TableEncodings.MarkLength(found)]);
        return new TableSource(TableEncodings.ToUtf8(stream, found), found, unpacked is not null);
    }

    /// <summary>The stream, and its first bytes, which can still be read from it.</summary>
    private static HeadStream TakeHead(Stream stream, long limit, out byte[] head)
    {
        var buffer = new byte[4096];
        head = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        return new HeadStream(head, stream, limit);
    }

    public void Dispose() => Stream.Dispose();
}
