using System.Buffers.Binary;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>Damage to bytes of which nothing is known.</summary>
public static class ByteDamage
{
    private static readonly byte[] Bytes = [0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF];

    // What counts and lengths are compared with, and what they overflow to.
    private static readonly long[] Numbers =
        [0, 1, -1, 2, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue - 1, int.MaxValue, int.MinValue, uint.MaxValue,
            long.MaxValue, long.MinValue];

    /// <summary>Cut off at every byte, every bit flipped, and at every byte the extremes of one, two, four and eight bytes.</summary>
    public static IEnumerable<Func<byte[]>> Every(byte[] file)
    {
        for (int end = 0; end < file.Length; end++)
        {
            int length = end;
            yield return () => file[..length];
        }
        for (int start = 0; start < file.Length; start++)
        {
            int position = start;
            for (int bit = 0; bit < 8; bit++)
            {
                int mask = 1 << bit;
                yield return () => WithByte(file, position, (byte)(file[position] ^ mask));
            }
            foreach (byte value in Bytes)
                yield return () => WithByte(file, position, value);
            foreach (int size in (int[])[2, 4, 8])
            {
                if (position + size > file.Length)
                    continue;
                foreach (long value in (long[])[0, 1, -1, int.MaxValue, long.MaxValue, long.MinValue])
                    yield return () => WithNumber(file, position, size, value);
                foreach (int difference in (int[])[-1, 1])
                    yield return () => WithNumber(file, position, size, NumberAt(file, position, size) + difference);
            }
        }
    }

    /// <summary>One to four changes of any kind.</summary>
    /// <param name="file">It is left as it is.</param>
    /// <param name="other">To take parts from.</param>
    /// <param name="random">Decides.</param>
    public static byte[] Some(byte[] file, byte[] other, Random random)
    {
        do
            file = One(file, other, random);
        while (random.Next(3) == 0);
        return file;
    }

    /// <summary>The file with a little-endian number of some bytes written over it.</summary>
    public static byte[] WithNumber(byte[] file, int position, int size, long value)
    {
        byte[] damaged = [.. file];
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes[..size].CopyTo(damaged.AsSpan(position));
        return damaged;
    }

    private static byte[] One(byte[] file, byte[] other, Random random)
    {
        if (file.Length == 0)
            return [.. other];
        int position = random.Next(file.Length), length = 1 + random.Next(Math.Min(file.Length - position, 1 << random.Next(10)));
        int size = 1 << random.Next(4);
        switch (random.Next(11))
        {
            case 0:
                return WithByte(file, position, (byte)(file[position] ^ (1 << random.Next(8))));
            case 1:
                return WithByte(file, position, Bytes[random.Next(Bytes.Length)]);
            case 2:
                return WithByte(file, position, (byte)random.Next(256));
            case 3 or 4 when position + size <= file.Length:
                return WithNumber(file, position, size, Numbers[random.Next(Numbers.Length)]);
            case 5 when position + size <= file.Length:
                return WithNumber(file, position, size, NumberAt(file, position, size) + random.Next(-2, 3));
            case 6:
                return file[..position];
            case 7:
                return [.. file[..position], .. file[(position + length)..]];
            case 8:
                var bytes = new byte[length];
                if (random.Next(2) == 0)
                    random.NextBytes(bytes);
                return [.. file[..position], .. bytes, .. file[position..]];
            case 9:
                return [.. file[..(position + length)], .. file[position..]];
            default:
                return [.. file[..position], .. other[Math.Min(other.Length, position)..]];
        }
    }

    private static byte[] WithByte(byte[] file, int position, byte value)
    {
        byte[] damaged = [.. file];
        damaged[position] = value;
        return damaged;
    }

    private static long NumberAt(byte[] file, int position, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        file.AsSpan(position, size).CopyTo(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
