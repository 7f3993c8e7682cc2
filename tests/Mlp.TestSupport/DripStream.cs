namespace Mlp.TestSupport;

/// <summary>Cannot seek, does not know its length, and gives a few bytes at a time: a stream as unhelpful as a stream may be.</summary>
/// <param name="bytes">What it gives.</param>
/// <param name="bytesAtATime">At most so many in one call.</param>
public sealed class DripStream(byte[] bytes, int bytesAtATime) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int length = Math.Min(Math.Min(count, bytesAtATime), bytes.Length - _position);
        Array.Copy(bytes, _position, buffer, offset, length);
        _position += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
