using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.State;

/// <summary>Writes little-endian numbers and keeps their count and checksum.</summary>
internal sealed class LittleEndianWriter(Stream stream)
{
    private Crc32C _checksum;

    public long Length { get; private set; }

    public uint Checksum => _checksum.Value;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _checksum.Add(bytes);
        Length += bytes.Length;
    }

    public void WriteByte(byte value) => Write([value]);

    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteUInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        Write(bytes);
    }

    public void WriteInt32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    public void WriteInt64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    public void WriteDouble(double value) => WriteInt64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Numbers as they lie in memory.</summary>
    public void WriteValues<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        LittleEndianReader.CheckLittleEndian();
        for (; values.Length > Limits.PortionLength; values = values[Limits.PortionLength..])
            Write(MemoryMarshal.AsBytes(values[..Limits.PortionLength]));
        Write(MemoryMarshal.AsBytes(values));
    }
}
