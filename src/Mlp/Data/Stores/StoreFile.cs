namespace Mlp.Data.Stores;

/// <summary>A file of a store while it is written.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly string _path;
    private readonly Stream _stream;

    /// <param name="path">Of the file, for messages.</param>
    /// <param name="create">Opens it, empty.</param>
    /// <exception cref="RowStoreException">It cannot be made.</exception>
    public StoreFile(string path, Func<string, Stream> create)
    {
        _path = path;
        try
        {
            _stream = create(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(exception);
        }
    }

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <exception cref="RowStoreException">The disk is full, or the file is gone.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(exception);
        }
        Length += bytes.Length;
    }

    /// <inheritdoc cref="Write" path="/exception"/>
    public void FlushToDisk()
    {
        try
        {
            _stream.Flush();
            (_stream as FileStream)?.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(exception);
        }
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What it still held is of no use: whoever wants the file complete flushes it before.
        }
    }

    private RowStoreException Failure(Exception exception) => new(
        $"Row store file '{_path}' could not be written at byte {Length:N0}: {exception.Message} Free space there, or give RowStore a "
            + "Directory on another disk.",
        exception);
}
