using System.Text;

namespace Mlp.Tables.Inference;

/// <summary>Whether a text has several words.</summary>
internal static class SentenceText
{
    /// <summary>Words of a sentence, at least.</summary>
    private const int WordCount = 3;

    /// <summary>Letters of a sentence, at least, in a script that puts no blanks between words. Names of people and places are shorter.
    /// </summary>
    private const int LetterCount = 8;

    // The first bytes of the scripts below in UTF-8.
    private const byte FirstLead = 0xE0, LastLead = 0xE9;

    /// <param name="text">UTF-8.</param>
    public static bool IsOne(ReadOnlySpan<byte> text) =>
        text.Count((byte)' ') >= WordCount - 1 || (text.ContainsAnyInRange(FirstLead, LastLead) && HasUnspacedLetters(text));

    private static bool HasUnspacedLetters(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (!text.IsEmpty && count < LetterCount)
        {
            Rune.DecodeFromUtf8(text, out Rune letter, out int length);
            text = text[length..];
            count += IsUnspaced(letter.Value) ? 1 : 0;
        }
        return count >= LetterCount;
    }

    private static bool IsUnspaced(int letter) => letter
        is >= 0x0E00 and <= 0x0EFF      // Thai, Lao
        or >= 0x1000 and <= 0x109F      // Burmese
        or >= 0x1780 and <= 0x17FF      // Khmer
        or >= 0x3040 and <= 0x30FF      // Hiragana, Katakana
        or >= 0x3400 and <= 0x4DBF      // Chinese characters, rare ones
        or >= 0x4E00 and <= 0x9FFF;     // Chinese characters
}
