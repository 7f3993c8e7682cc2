using System.Buffers.Binary;
using System.Text;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>The frame of a safetensors file: eight bytes with the length of its header, the header, the data.</summary>
public static class SafeTensorsBytes
{
    /// <summary>Bytes before the header.</summary>
    public const int PrefixLength = 8;

    // What the parts of a header may be taken for.
    private static readonly string[] Words =
    [
        "0", "1", "2", "3", "4", "8", "12", "-1", "1e3", "0.5", "2147483647", "4294967296", "9223372036854775807", "9223372036854775808",
            "[]", "{}", "null",
        "true", "\"\"", "\"F32\"", "\"F64\"", "\"BF16\"", "\"I64\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"",
            "\"0.weight\"",
        "\"0.bias\"", "\"1.weight\"", "\"00.weight\"", "\"99999999999.weight\"", "\"\\ud800\"", "\"\\u0000\"", "[[[[[[]]]]]]", ",", ":",
            "[1,2]",
    ];

    /// <summary>A file of zeros with a header.</summary>
    public static byte[] File(string header, int dataLength) =>
        [.. Prefix(Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[dataLength]];

    /// <summary>As much of the header as there is.</summary>
    public static byte[] Header(byte[] file) => file[Math.Min(file.Length, PrefixLength)..HeaderEnd(file)];

    /// <summary>A file with another header, and its length before it.</summary>
    public static byte[] WithHeader(byte[] file, byte[] header) => [.. Prefix(header.Length), .. header, .. file[HeaderEnd(file)..]];

    /// <summary>One word of a header, between its signs, in place of another one.</summary>
    public static byte[] WithOtherWord(byte[] header, Random random)
    {
        List<(int Start, int End)> words = [];
        for (int start = 0; start < header.Length; start++)
        {
            int end = start;
            while (end < header.Length && !"{}[]:, "u8.Contains(header[end]))
                end++;
            if (end > start)
                words.Add((start, end));
            start = end;
        }
        if (words.Count == 0)
            return header;
        (int from, int to) = words[random.Next(words.Count)];
        return [.. header[..from], .. Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), .. header[to..]];
    }

    private static int HeaderEnd(byte[] file) => file.Length < PrefixLength
        ? file.Length : (int)Math.Min(
            (ulong)file.Length, PrefixLength + Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(file), int.MaxValue));

    private static byte[] Prefix(int headerLength)
    {
        var prefix = new byte[PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, headerLength);
        return prefix;
    }
}
