using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.State;

/// <summary>Reads little-endian numbers, never past the end that the header promises, and says where it stopped when it cannot.</summary>
/// <param name="stream">Gives the bytes.</param>
/// <param name="kind">Of file, for messages.</param>
internal sealed class LittleEndianReader(Stream stream, string kind = "Model file")
{
    /// <summary>What messages call the file.</summary>
    public string Kind => kind;

    /// <summary>Bytes of every header: magic, version, checksum and length of the body.</summary>
    public const int HeaderSize = 24;

    private Crc32C _checksum;
    private string _section = "header";
    private long _position, _end = HeaderSize;

    /// <summary>Bytes up to the promised end.</summary>
    public long Remaining => _end - _position;

    /// <summary>The checksum of the body so far.</summary>
    public uint Checksum => _checksum.Value;

    public static void CheckLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException(
                "Model files are little-endian, and so must be the processor that reads or writes them.");
    }

    public ModelFileException Error(string message) => new(message, _position);

    /// <summary>Names what comes next, and makes sure that the file claims to have it.</summary>
    public void StartSection(string name, long byteCount)
    {
        _section = name;
        if (byteCount > Remaining)
            throw TooShort();
    }

    public void StartBody(long byteCount)
    {
        if (byteCount < 0 || byteCount > long.MaxValue - _position)
            throw Error($"{kind} claims a body of {byteCount:N0} bytes. It is damaged; save or transfer it again.");
        _end = _position + byteCount;
        _checksum = new Crc32C();
    }

    public void Read(Span<byte> bytes)
    {
        if (bytes.Length > Remaining)
            throw TooShort();
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _position += got;
        if (got < bytes.Length)
            throw CutOff(_position);
        _checksum.Add(bytes);
    }

    public byte ReadByte()
    {
        Span<byte> bytes = stackalloc byte[1];
        Read(bytes);
        return bytes[0];
    }

    public bool ReadBoolean(string name)
    {
        byte value = ReadByte();
        return value <= 1 ? value == 1 : throw Error($"{kind} has {value} in the flag for {name}, which is 0 or 1.");
    }

    public ushort ReadUInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    /// <summary>So many bytes, whose section was started; memory is taken as they arrive.</summary>
    public byte[] ReadBytes(int count)
    {
        var bytes = new byte[Math.Min(count, Limits.PortionLength)];
        for (int read = 0; ;)
        {
            int portion = Math.Min(bytes.Length - read, Limits.PortionLength);
            Read(bytes.AsSpan(read, portion));
            read += portion;
            if (read == count)
                return bytes;
            if (read == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * read));
        }
    }

    public int ReadCount(string name, int minimum, int maximum)
    {
        int value = ReadInt32();
        return value >= minimum && value <= maximum
            ? value
            : throw Error($"{kind} claims {value:N0} {name}; between {minimum:N0} and {maximum:N0} are possible.");
    }

    /// <summary>Finite numbers as they lie in memory.</summary>
    public T[] ReadValues<T>(long count, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ReadNumbers<T>(count, name, mayBeInfinite: false);

    /// <summary>Numbers as they lie in memory; infinite ones and NaN, too, where <paramref name="mayBeInfinite"/> says so.</summary>
    public T[] ReadNumbers<T>(long count, string name, bool mayBeInfinite)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLittleEndian();
        int size = Marshal.SizeOf<T>();
        _section = name;
        if (count > Remaining / size)
            throw TooShort();
        // A seekable stream tells beforehand what is missing; any other one when it ends.
        if (stream.CanSeek && stream.Length - stream.Position < count * size)
            throw CutOff(_position + stream.Length - stream.Position);
        if (count > Array.MaxLength)
            throw Error($"{kind} holds {count:N0} values in the {name}; an array holds at most {Array.MaxLength:N0}.");

        // Grown as bytes arrive where the stream's length is not known, at most to twice what has come.
        var values = new T[stream.CanSeek ? count : Math.Min(count, Limits.PortionLength / size)];
        for (int read = 0; ;)
        {
            int portion = Math.Min(values.Length - read, Limits.PortionLength / size);
            Span<T> target = values.AsSpan(read, portion);
            Read(MemoryMarshal.AsBytes(target));
            foreach (T value in target)
            {
                if (!mayBeInfinite && !T.IsFinite(value))
                    throw Error($"{kind} holds {value} among the {name}; only finite numbers are possible.");
            }
            read += portion;
            if (read == count)
                return values;
            if (read == values.Length)
                Array.Resize(ref values, (int)Math.Min(count, 2L * read));
        }
    }

    /// <summary>Its own header is against it, however many bytes there are.</summary>
    private ModelFileException TooShort() =>
        Error($"{kind} claims to be {_end:N0} bytes long, which end inside the {_section}. It is damaged; save or transfer it again.");

    private ModelFileException CutOff(long available) => new(
        $"{kind} ends after {available:N0} of {Math.Max(_end, available):N0} bytes, inside the {_section}. The copy is incomplete; save "
            + "or transfer it again.",
        available);
}
