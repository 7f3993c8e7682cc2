using Mlp.Numerics;

namespace Mlp.Training.Sharding;

/// <summary>A stream of bytes from rank 0, which writes it, to all others, which read it.</summary>
/// <param name="ranks">All of them have such a stream.</param>
/// <param name="length">Bytes in all.</param>
internal sealed class RankStream(Ranks ranks, long length) : Stream
{
    private readonly byte[] _portion = new byte[Limits.MessageLength];
    private readonly int[] _counts = new int[ranks.Count];
    private long _rest = length;
    private int _used, _filled;

    public override bool CanRead => ranks.Rank != 0;

    public override bool CanWrite => ranks.Rank == 0;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, _portion.Length - _used);
            buffer[..count].CopyTo(_portion.AsSpan(_used));
            _used += count;
            buffer = buffer[count..];
            if (_used < Math.Min(_portion.Length, _rest))
                continue;
            Share();
            _used = 0;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_used == _filled && _rest > 0)
        {
            _filled = Share();
            _used = 0;
        }
        int count = Math.Min(buffer.Length, _filled - _used);
        _portion.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Gives the portion of rank 0 to all. Returns how many bytes it has.</summary>
    private int Share()
    {
        var count = (int)Math.Min(_portion.Length, _rest);
        _counts[0] = count;
        _rest -= count;
        if (ranks.Rank == 0)
        {
            // What a rank gets must not overlap what it gives.
            ranks.Gather(_portion.AsSpan(0, count), new byte[count], _counts);
        }
        else
            ranks.Gather([], _portion.AsSpan(0, count), _counts);
        return count;
    }
}
