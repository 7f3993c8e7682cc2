using System.Buffers.Binary;

namespace Mlp.Tables.ParquetFiles;

/// <summary>Levels and indices into dictionaries: runs of one number, and numbers side by side in some bits each
/// (https://github.com/apache/parquet-format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid").</summary>
internal static class RunDecoder
{
    /// <summary>Bytes behind the numbers that must be readable, whatever they hold.</summary>
    public const int Slack = sizeof(ulong);

    private const int MostBits = 32;

    /// <summary>Reads numbers.</summary>
    /// <param name="bytes">The runs, and <see cref="Slack"/> bytes behind them.</param>
    /// <param name="bits">Of a number, 0 to 32.</param>
    /// <param name="numbers">All of it is filled.</param>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, int bits, Span<int> numbers)
    {
        if (bits is < 0 or > MostBits)
            throw new InvalidDataException($"Numbers of {bits} bits are not possible");
        // One value in the dictionary, or none: some write no runs then.
        if (bits == 0)
        {
            numbers.Clear();
            return;
        }
        int end = bytes.Length - Slack, position = 0, filled = 0;
        while (filled < numbers.Length)
        {
            uint head = ReadHead(bytes[..end], ref position);
            int count = (int)Math.Min(head >> 1, int.MaxValue / 8);
            if ((head & 1) == 0)
            {
                int length = (bits + 7) / 8;
                if (length > end - position || count == 0)
                    throw Ended();
                count = Math.Min(count, numbers.Length - filled);
                numbers.Slice(filled, count).Fill((int)(ReadWord(bytes, position) & Mask(bits)));
                position += length;
            }
            else
            {
                // The last group of eight may be cut where no number needs the rest.
                long length = (long)count * bits;
                count = Math.Min(8 * count, numbers.Length - filled);
                if ((long)count * bits > 8L * (end - position) || count == 0)
                    throw Ended();
                Unpack(bytes[position..], bits, numbers.Slice(filled, count));
                position = (int)Math.Min(position + length, end);
            }
            filled += count;
        }
    }

    /// <summary>Whether the levels of so many values begin with a run of ones that has them all: nothing is missing.</summary>
    /// <inheritdoc cref="Read" path="/param[@name='bytes']"/>
    public static bool AreAllOne(ReadOnlySpan<byte> bytes, int count)
    {
        int position = 0;
        bytes = bytes[..^Slack];
        uint head = ReadHead(bytes, ref position);
        return (head & 1) == 0 && head >> 1 >= (uint)count && position < bytes.Length && bytes[position] == 1;
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, int bits, Span<int> numbers)
    {
        ulong mask = Mask(bits);
        for (int index = 0; index < numbers.Length; index++)
        {
            long bit = (long)index * bits;
            numbers[index] = (int)(ReadWord(bytes, (int)(bit >> 3)) >> (int)(bit & 7) & mask);
        }
    }

    private static ulong ReadWord(ReadOnlySpan<byte> bytes, int position) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[position..]);

    private static ulong Mask(int bits) => (1UL << bits) - 1;

    private static uint ReadHead(ReadOnlySpan<byte> bytes, ref int position)
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            if (position >= bytes.Length)
                throw Ended();
            byte part = bytes[position++];
            value |= (uint)(part & 127) << shift;
            if (part < 128)
                return value;
        }
        throw Ended();
    }

    private static InvalidDataException Ended() => new("A page ends before its values do");
}
