namespace Mlp.Tables;

/// <summary>The encoding of a file.</summary>
public enum TableEncoding
{
    /// <summary>UTF-8, ASCII included.</summary>
    Utf8,

    /// <summary>UTF-8 behind a byte order mark.</summary>
    Utf8WithMark,

    /// <summary>UTF-16, the low byte first, behind a byte order mark.</summary>
    Utf16LittleEndianWithMark,

    /// <summary>UTF-16, the high byte first, behind a byte order mark.</summary>
    Utf16BigEndianWithMark,

    /// <summary>UTF-16, the low byte first.</summary>
    Utf16LittleEndian,

    /// <summary>UTF-16, the high byte first.</summary>
    Utf16BigEndian,

    /// <summary>What Western European Windows calls ANSI; of the printable characters it shares all with Latin-1.</summary>
    Windows1252,
}
