using System.Buffers.Binary;
using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Models;

/// <summary>Reads the parts of a safetensors file one after another, and takes no memory for what a file merely claims.</summary>
/// <param name="stream">Gives the bytes.</param>
internal sealed class SafeTensorsReader(Stream stream)
{
    private long _position, _dataStart;

    /// <summary>The tensors, in the order of their bytes.</summary>
    public List<SafeTensorsEntry> ReadHeader()
    {
        Span<byte> prefix = stackalloc byte[SafeTensorsHeader.PrefixLength];
        Fill(prefix, "length of its header");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > SafeTensorsHeader.MaxLength)
        {
            throw new SafeTensorsException(
                $"Safetensors file claims a header of {length:N0} bytes; 2 to {SafeTensorsHeader.MaxLength:N0} are possible. It is "
                    + "damaged, or no safetensors file.",
                position: 0);
        }
        CheckAvailable((long)length, "header");
        var header = new byte[stream.CanSeek ? (int)length : Math.Min((int)length, Limits.PortionLength)];
        for (int read = 0; ;)
        {
            Fill(header.AsSpan(read), "header");
            read = header.Length;
            if (read == (int)length)
                break;
            Array.Resize(ref header, (int)Math.Min((long)length, 2L * read));
        }
        _dataStart = _position;
        List<SafeTensorsEntry> entries = SafeTensorsHeader.Parse(header);
        CheckAvailable(entries.Count == 0 ? 0 : entries[^1].End, "tensors");
        return entries;
    }

    /// <summary>The numbers of the tensor that comes next; its size was compared with its bytes.</summary>
    public T[] ReadValues<T>(SafeTensorsEntry entry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = entry.ElementSize;
        var count = (int)((entry.End - entry.Begin) / size);
        var values = new T[stream.CanSeek ? count : Math.Min(count, Limits.PortionLength / size)];
        var portion = new byte[Math.Min(count, Limits.PortionLength / size) * size];
        for (int read = 0; read < count;)
        {
            Span<byte> bytes = portion.AsSpan(0, Math.Min(count - read, portion.Length / size) * size);
            Fill(bytes, entry.Description);
            int end = read + bytes.Length / size;
            if (end > values.Length)
                Array.Resize(ref values, (int)Math.Min(count, Math.Max(2L * values.Length, end)));
            for (int start = 0; start < bytes.Length; start += size, read++)
                values[read] = Convert<T>(bytes.Slice(start, size), entry, read);
        }
        return values;
    }

    /// <summary>Passes over the tensor that comes next.</summary>
    public void Skip(SafeTensorsEntry entry)
    {
        var portion = new byte[(int)Math.Min(Limits.PortionLength, entry.End - entry.Begin)];
        for (long left = entry.End - entry.Begin; left > 0;)
        {
            Span<byte> bytes = portion.AsSpan(0, (int)Math.Min(left, portion.Length));
            Fill(bytes, entry.Description);
            left -= bytes.Length;
        }
    }

    /// <exception cref="SafeTensorsException">There are bytes behind the last tensor.</exception>
    public void CheckEnd()
    {
        if (stream.ReadByte() >= 0)
            throw new SafeTensorsException(
                $"Safetensors file goes on after its last tensor, which ends at byte {_position:N0}. It is damaged.", _position);
    }

    private T Convert<T>(ReadOnlySpan<byte> bytes, SafeTensorsEntry entry, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double number = entry.Type switch
        {
            "F64" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            // The first half of a float.
            _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        };
        T value = T.CreateTruncating(number);
        if (T.IsFinite(value))
            return value;
        throw new SafeTensorsException(
            $"Safetensors file holds {number} as number {index} of {entry.Description}; only numbers that {typeof(T).Name} can hold "
                + "are possible.",
            _dataStart + entry.Begin + (long)index * entry.ElementSize);
    }

    /// <summary>A seekable stream tells beforehand what is missing; any other one when it ends.</summary>
    private void CheckAvailable(long byteCount, string what)
    {
        if (stream.CanSeek && stream.Length - stream.Position < byteCount)
            throw CutOff(_position + stream.Length - stream.Position, what);
    }

    private void Fill(Span<byte> bytes, string what)
    {
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _position += got;
        if (got < bytes.Length)
            throw CutOff(_position, what);
    }

    private static SafeTensorsException CutOff(long available, string what) => new(
        $"Safetensors file ends after {available:N0} bytes, inside the {what}. The copy is incomplete; save or transfer it again.",
        available);
}
