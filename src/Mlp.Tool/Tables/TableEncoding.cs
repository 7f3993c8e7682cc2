namespace Mlp.Tool.Tables;

/// <summary>How a file's bytes stand for characters.</summary>
internal enum TableEncoding
{
    Utf8,
    Utf8WithMark,
    Utf16LittleEndianWithMark,
    Utf16BigEndianWithMark,
    Utf16LittleEndian,
    Utf16BigEndian,

    /// <summary>What Western European Windows calls ANSI; of the printable characters it shares all with Latin-1.</summary>
    Windows1252,
}
