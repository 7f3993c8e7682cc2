using System.Text;

namespace Mlp.Tables.Reading;

/// <summary>How to find an encoding, and how to read it as UTF-8.</summary>
internal static class TableEncodings
{
    /// <summary>Bytes from which UTF-16 without a mark is recognized.</summary>
    private const int ProbeBytes = 4096;

    /// <summary>The encoding according to the first bytes: a byte order mark, or every second byte zero. Without either, the encoding is
    /// assumed to be UTF-8 until a byte is invalid.</summary>
    public static TableEncoding Find(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return TableEncoding.Utf8WithMark;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return TableEncoding.Utf16LittleEndianWithMark;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return TableEncoding.Utf16BigEndianWithMark;
        head = head[..(Math.Min(head.Length, ProbeBytes) & ~1)];
        int evenZeros = 0, oddZeros = 0;
        for (int i = 0; i < head.Length; i += 2)
        {
            evenZeros += head[i] == 0 ? 1 : 0;
            oddZeros += head[i + 1] == 0 ? 1 : 0;
        }
        // Separators, digits and line ends have one zero byte in UTF-16 in any language; no character of a text has two.
        if (evenZeros == 0 && oddZeros > head.Length / 8)
            return TableEncoding.Utf16LittleEndian;
        return oddZeros == 0 && evenZeros > head.Length / 8 ? TableEncoding.Utf16BigEndian : TableEncoding.Utf8;
    }

    /// <summary>Bytes of the mark at the beginning.</summary>
    public static int MarkLength(TableEncoding encoding) => encoding switch
    {
        TableEncoding.Utf8WithMark => 3,
        TableEncoding.Utf16LittleEndianWithMark or TableEncoding.Utf16BigEndianWithMark => 2,
        _ => 0,
    };

    /// <summary>The stream after its byte order mark as UTF-8; invalid text raises <see cref="DecoderFallbackException"/> or
    /// <see cref="InvalidDataException"/>, except in UTF-8, which the reader checks itself.</summary>
    public static Stream ToUtf8(Stream stream, TableEncoding encoding) => encoding switch
    {
        TableEncoding.Utf8 or TableEncoding.Utf8WithMark => stream,
        TableEncoding.Windows1252 => Transcode(new Windows1252Check(stream), CodePagesEncodingProvider.Instance.GetEncoding(1252)!),
        _ => Transcode(stream, new UnicodeEncoding(
            bigEndian: encoding is TableEncoding.Utf16BigEndian or TableEncoding.Utf16BigEndianWithMark,
            byteOrderMark: false, throwOnInvalidBytes: true)),
    };

    private static Stream Transcode(Stream stream, Encoding from) =>
        Encoding.CreateTranscodingStream(stream, from, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
}
