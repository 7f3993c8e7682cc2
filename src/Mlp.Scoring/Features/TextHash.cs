using System.Numerics;

namespace Mlp.Scoring;

/// <summary>The slot that ML.NET's hash gives a text.</summary>
/// <remarks>
/// MurmurHash3 (Appleby, x86, 32 bits) of the text without the blanks around it, in UTF-8. But after each character that takes several
/// bytes ML.NET turns round the bytes of the word begun so far, not those of the character, and it takes the halves of a surrogate pair
/// for characters. A model was trained on the slots that this gives, so that it has to stay.
/// </remarks>
public static class TextHash
{
    private const uint First = 0xCC9E2D51, Second = 0x1B873593;

    /// <summary>The slot, counted from 1; 0 for no text.</summary>
    /// <param name="text">Null is as the empty one.</param>
    /// <param name="bitCount">Slots, as a power of two; 1 to 30.</param>
    /// <param name="seed">Of the hash.</param>
    public static int IndexOf(string? text, int bitCount, uint seed) =>
        string.IsNullOrEmpty(text) ? 0 : (int)(Of(text.AsSpan().Trim(' '), seed) & ((1u << bitCount) - 1)) + 1;

    /// <summary>The seed where the hash has the place of the value in it, which is 0 for a single one: a round with 0.</summary>
    /// <param name="seed">Of the hash.</param>
    public static uint Ordered(uint seed) => Round(seed, 0);

    private static uint Of(ReadOnlySpan<char> text, uint hash)
    {
        ulong word = 0;
        int bits = 0, length = 0;
        foreach (uint code in text)
        {
            if (code <= 0x7F)
            {
                word |= code << bits;
                bits += 8;
            }
            else if (code <= 0x7FF)
            {
                word |= (ulong)((code & 0x3F) | ((code << 2) & 0x1F00) | 0xC080) << bits;
                word = ((word & 0xFF) << 8) | (word >> 8);
                bits += 16;
            }
            else
            {
                word |= (ulong)((code & 0x3F) | ((code << 2) & 0x3F00) | ((code << 4) & 0xF0000) | 0xE08080) << bits;
                word = ((word & 0xFF) << 16) | (word & 0xFF00) | (word >> 16);
                bits += 24;
            }
            if (bits < 32)
                continue;
            hash = Round(hash, (uint)word);
            (word, bits, length) = (word >> 32, bits - 32, length + 4);
        }
        if (bits > 0)
            hash ^= Scramble((uint)word & ((1u << bits) - 1));
        hash ^= (uint)(length + bits / 8);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private static uint Round(uint hash, uint word) => BitOperations.RotateLeft(hash ^ Scramble(word), 13) * 5 + 0xE6546B64;

    private static uint Scramble(uint word) => BitOperations.RotateLeft(word * First, 15) * Second;
}
