using System.Text;

namespace Mlp.Tool.Tables;

/// <summary>Reads Windows-1252 as UTF-8. Refuses what is hardly that: the five bytes it does not use, and pairs of bytes that are UTF-8.</summary>
internal sealed class Windows1252Stream(Stream stream) : ReadOnlyStream
{
    /// <summary>Characters of the bytes 0x80 to 0x9F; 0 where there is none. All other bytes are the characters of the same number.</summary>
    private const string Upper = "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    /// <summary>No character takes more bytes in UTF-8.</summary>
    private const int LongestCharacter = 3;

    private readonly byte[] _bytes = new byte[1 << 15];
    private byte _previous;

    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(_bytes.AsSpan(0, Math.Min(_bytes.Length, buffer.Length / LongestCharacter)));
        int length = 0;
        foreach (byte value in _bytes.AsSpan(0, count))
        {
            if (value < 0x80)
                buffer[length++] = value;
            else
                length += new Rune(CharacterOf(value)).EncodeToUtf8(buffer[length..]);
            _previous = value;
        }
        return length;
    }

    private char CharacterOf(byte value)
    {
        // Here these are capital A with circumflex or tilde before a sign, which no word has; in UTF-8 they are the accented letters.
        if (value < 0xC0 && _previous is 0xC2 or 0xC3)
            throw new InvalidDataException($"the bytes 0x{_previous:X2} 0x{value:X2} are UTF-8, but other bytes of the file are not: it mixes encodings. Save the whole file as UTF-8");
        char character = value < 0xA0 ? Upper[value - 0x80] : (char)value;
        return character != 0 ? character
            : throw new InvalidDataException($"byte 0x{value:X2} is neither UTF-8 nor Windows-1252. Save the file as UTF-8");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
