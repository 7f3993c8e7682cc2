namespace Mlp.Tables.Reading;

/// <summary>A stream whose first bytes were already read, with a limit on all its bytes.</summary>
/// <param name="head">The first bytes.</param>
/// <param name="rest">What follows them.</param>
/// <param name="limit">More bytes than this raise <see cref="InvalidDataException"/>.</param>
internal sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest, long limit) : ReadOnlyStream
{
    private long _given;

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (head.IsEmpty)
        {
            count = rest.Read(buffer);
        }
        else
        {
            count = Math.Min(head.Length, buffer.Length);
            head.Span[..count].CopyTo(buffer);
            head = head[count..];
        }
        _given += count;
        return _given <= limit ? count
            : throw new InvalidDataException(
                $"more than {limit >> 30:N0} GiB come out of the compressed file. Decompress and check it yourself");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
