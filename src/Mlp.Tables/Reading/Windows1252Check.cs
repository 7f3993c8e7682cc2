namespace Mlp.Tables.Reading;

/// <summary>Returns bytes unchanged. Refuses bytes that are unlikely in Windows-1252: the five that it does not use, and pairs that are
/// UTF-8.</summary>
internal sealed class Windows1252Check(Stream stream) : ReadOnlyStream
{
    private byte _previous;

    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        ReadOnlySpan<byte> read = buffer[..count];
        for (int at = 0; (at = NextAbove(read, at)) < count; at++)
        {
            byte value = read[at], previous = at > 0 ? read[at - 1] : _previous;
            // In Windows-1252 such a pair is a capital A with circumflex or tilde before a sign, which occurs in no word; in UTF-8 it is an
            // accented letter.
            if (value < 0xC0 && previous is 0xC2 or 0xC3)
            {
                throw new InvalidDataException(
                    $"the bytes 0x{previous:X2} 0x{value:X2} are UTF-8, but other bytes of the file are not: " +
                    "it mixes encodings. Save the whole file as UTF-8");
            }
            if (value is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D)
                throw new InvalidDataException($"byte 0x{value:X2} is neither UTF-8 nor Windows-1252. Save the file as UTF-8");
        }
        if (count > 0)
            _previous = read[^1];
        return count;
    }

    /// <summary>Index of the next byte beyond ASCII, from a position on; the length when there is none.</summary>
    private static int NextAbove(ReadOnlySpan<byte> bytes, int at)
    {
        int found = bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        return found < 0 ? bytes.Length : at + found;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
