namespace Mlp.MLNet.Parts;

/// <summary>The rest of a file as a stream of its own, whose first byte is at position 0.</summary>
/// <param name="file">Seekable; not closed.</param>
/// <param name="start">Of the window.</param>
internal sealed class StreamWindow(Stream file, long start) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length - start;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new IOException($"There is no byte {value:N0}, before the first one.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        file.Position = start + _position;
        int count = file.Read(buffer);
        _position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The window is for reading.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The window is for reading.");
}
