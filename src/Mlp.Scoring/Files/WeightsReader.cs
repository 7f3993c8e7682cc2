using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlp.Scoring.Files;

/// <summary>Reads the parts of a file of weights one after another. Nothing in it is trusted: every count is compared with the bytes that
/// there are before room is made.</summary>
internal sealed class WeightsReader
{
    private const string Advice = "It is damaged; export it again.";

    private readonly byte[] _bytes;
    private int _position;

    /// <param name="stream">Read to its end.</param>
    public WeightsReader(Stream stream)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Weights are little-endian, and so must be the processor that reads them.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        _bytes = copy.ToArray();
    }

    public InvalidDataException Error(string found) => new($"The weights have {found} at byte {_position:N0}. {Advice}");

    public ReadOnlySpan<byte> ReadBytes(int count, string what)
    {
        if (count > _bytes.Length - _position)
            throw new InvalidDataException($"The weights end after {_bytes.Length:N0} bytes, inside the {what}. {Advice}");
        _position += count;
        return _bytes.AsSpan(_position - count, count);
    }

    public int ReadInt32(string what) => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(sizeof(int), what));

    public double ReadDouble(string what) => BinaryPrimitives.ReadDoubleLittleEndian(ReadBytes(sizeof(double), what));

    /// <summary>A count or an index within bounds.</summary>
    public int ReadInt32(int least, int most, string what)
    {
        int value = ReadInt32(what);
        return value >= least && value <= most ? value : throw Error($"{value:N0} as {what}, which is {least:N0} to {most:N0},");
    }

    /// <summary>A member of an enumeration, by its number.</summary>
    public TEnum ReadName<TEnum>(string what)
        where TEnum : struct, Enum
    {
        TEnum[] names = Enum.GetValues<TEnum>();
        // They count from 0 on.
        return names[ReadInt32(0, names.Length - 1, what)];
    }

    /// <summary>So many finite numbers.</summary>
    public float[] ReadFloats(long count, string what)
    {
        ReadOnlySpan<byte> bytes = ReadBytes(ByteCount(count, what), what);
        float[] values = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                throw Error($"{value} among the {what}");
        }
        return values;
    }

    /// <summary>So many numbers, which may be infinite.</summary>
    public float[] ReadBounds(long count, string what)
    {
        float[] values = MemoryMarshal.Cast<byte, float>(ReadBytes(ByteCount(count, what), what)).ToArray();
        return Array.Exists(values, float.IsNaN) ? throw Error($"NaN among the {what}") : values;
    }

    /// <summary>So many indices, each of them below a limit.</summary>
    public int[] ReadIndices(int count, int limit, string what)
    {
        int[] values = MemoryMarshal.Cast<byte, int>(ReadBytes(ByteCount(count, what), what)).ToArray();
        foreach (int value in values)
        {
            if ((uint)value >= (uint)limit)
                throw Error($"{value:N0} among the {what}, which are below {limit:N0},");
        }
        return values;
    }

    /// <summary>Texts: how many, and of each the bytes of its UTF-16 and these. Any text has such a form.</summary>
    public string[] ReadTexts(string what)
    {
        // Each takes four bytes at least.
        int count = ReadInt32(0, (_bytes.Length - _position) / sizeof(int), $"number of {what}");
        var texts = new string[count];
        for (int index = 0; index < count; index++)
        {
            int length = ReadInt32(0, _bytes.Length, $"length of one of the {what}");
            texts[index] = Encoding.Unicode.GetString(ReadBytes(length, what));
        }
        return texts;
    }

    public void CheckEnd()
    {
        if (_position != _bytes.Length)
            throw Error($"{_bytes.Length - _position:N0} bytes too many");
    }

    private int ByteCount(long count, string what) => count <= (_bytes.Length - _position) / sizeof(float) ? (int)count * sizeof(float)
        : throw new InvalidDataException($"The weights end after {_bytes.Length:N0} bytes, inside the {what}. {Advice}");
}
