using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.State;

/// <summary>The CRC-32C (Castagnoli, RFC 3720) of the bytes added so far.</summary>
internal struct Crc32C
{
    private uint _inverted;

    public Crc32C() => _inverted = 0;

    // The register starts at all ones; kept inverted, it starts at 0 like any struct.
    public readonly uint Value => _inverted;

    /// <summary>Adds numbers as they lie in memory.</summary>
    public void AddValues<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // In portions: the bytes of all may be more than a span can count.
        for (; values.Length > Limits.PortionLength; values = values[Limits.PortionLength..])
            Add(MemoryMarshal.AsBytes(values[..Limits.PortionLength]));
        Add(MemoryMarshal.AsBytes(values));
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint register = ~_inverted;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            register = BitOperations.Crc32C(register, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            register = BitOperations.Crc32C(register, value);
        _inverted = ~register;
    }
}
