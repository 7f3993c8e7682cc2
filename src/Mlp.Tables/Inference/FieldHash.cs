using System.Numerics;
using System.Runtime.InteropServices;

namespace Mlp.Tables.Inference;

/// <summary>64-bit hashes of texts, so that counting different values needs no copies of them. Two texts of a million collide with a chance
/// of 1 in 4e7, which would make a count wrong by one and nothing else.</summary>
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
            // The two reads overlap; together with the length they are one to one with the text.
            rest = MemoryMarshal.Read<uint>(text) | (ulong)MemoryMarshal.Read<uint>(text[^sizeof(uint)..]) << 32;
        }
        else
        {
            foreach (byte value in text)
                rest = rest << 8 | value;
        }
        return Mix(hash, rest);
    }

    /// <summary>A hash of a sequence of hashes, from the one before and the next.</summary>
    public static ulong Mix(ulong hash, ulong next)
    {
        ulong high = Math.BigMul(hash ^ next ^ First, Second, out ulong low);
        return high ^ BitOperations.RotateLeft(low, 31) ^ next * First;
    }
}
