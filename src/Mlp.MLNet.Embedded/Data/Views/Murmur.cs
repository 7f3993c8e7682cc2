using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>MurmurHash3 x86 32 (Austin Appleby), with ML.NET's own reading of text outside ASCII.</summary>
internal static class Murmur
{
    public static uint Round(uint hash, uint block) => BitOperations.RotateLeft(hash ^ Scramble(block), 13) * 5 + 0xE6546B64;

    public static uint Finish(uint hash, int byteCount)
    {
        hash ^= (uint)byteCount;
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        return hash ^ hash >> 16;
    }

    /// <summary>The hash of the UTF-8 bytes of ASCII text.</summary>
    /// <remarks>
    /// A character of several bytes goes into the register as a big-endian number, and then the whole register is turned
    /// around as if it held nothing else: kept, because it decides which rows a split chooses.
    /// </remarks>
    public static uint HashText(uint hash, ReadOnlySpan<char> text)
    {
        ulong register = 0;
        int bitCount = 0;
        int byteCount = 0;
        foreach (char character in text)
        {
            uint code = character;
            if (code < 0x80)
            {
                register |= (ulong)code << bitCount;
                bitCount += 8;
            }
            else if (code < 0x800)
            {
                register |= (ulong)(0xC080 | code << 2 & 0x1F00 | code & 0x3F) << bitCount;
                register = (register & 0xFF) << 8 | register >> 8;
                bitCount += 16;
            }
            else
            {
                register |= (ulong)(0xE08080 | code << 4 & 0xF0000 | code << 2 & 0x3F00 | code & 0x3F) << bitCount;
                register = (register & 0xFF) << 16 | (register >> 8 & 0xFF) << 8 | register >> 16;
                bitCount += 24;
            }
            if (bitCount >= 32)
            {
                hash = Round(hash, (uint)register);
                register >>= 32;
                bitCount -= 32;
                byteCount += 4;
            }
        }
        byteCount += bitCount / 8;
        if (byteCount % 4 != 0)
            hash ^= Scramble((uint)register & (1u << 8 * (byteCount % 4)) - 1);
        return Finish(hash, byteCount);
    }

    private static uint Scramble(uint block) => BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
}
