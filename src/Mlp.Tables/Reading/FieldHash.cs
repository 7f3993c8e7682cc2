using System.Numerics;
using System.Runtime.InteropServices;

namespace Mlp.Tables.Reading;

/// <summary>64-bit hashes of texts, so that counting different values needs no copies of them. Among a million texts, two collide with a
/// probability of 1 in 4e7; the only effect would be a count that is wrong by one.</summary>
internal static class FieldHash
{
    private const ulong First = 0x9E3779B97F4A7C15, Second = 0xC2B2AE3D27D4EB4F;

    public static ulong Of(ReadOnlySpan<byte> text)
    {
        ulong hash = (uint)text.Length * First;
        while (text.Length >= sizeof(ulong))
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(text));
            text = text[sizeof(ulong)..];
        }
        ulong rest = 0;
        if (text.Length >= sizeof(uint))
        {
            // The two reads overlap; together with the length they determine the text.
            rest = MemoryMarshal.Read<uint>(text) | (ulong)MemoryMarshal.Read<uint>(text[^sizeof(uint)..]) << 32;
        }
        else
        {
            foreach (byte value in text)
                rest = rest << 8 | value;
        }
        return Mix(hash, rest);
    }

    /// <summary>A hash of a sequence of hashes, computed from that of the sequence so far and the next hash.</summary>
    public static ulong Mix(ulong hash, ulong next)
    {
        ulong high = Math.BigMul(hash ^ next ^ First, Second, out ulong low);
        return high ^ BitOperations.RotateLeft(low, 31) ^ next * First;
    }
}
