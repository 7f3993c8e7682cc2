namespace Mlp.Tables.Reading;

/// <summary>Texts that stand for "no value". Among numbers all of them do; a category keeps them as categories of their own, since "?"
/// tells a model what an empty field would, and "none" may be an answer; among classes only the unmistakable ones do.</summary>
internal static class MissingTokens
{
    private const int LongestToken = 9;

    private static readonly HashSet<string> Unmistakable = new(StringComparer.OrdinalIgnoreCase)
    {
        "?", "NA", "N/A", "#N/A", "NaN", "null", "<NA>",
    };

    private static readonly HashSet<string> AmongNumbers = new(StringComparer.OrdinalIgnoreCase)
    {
        "none", "nil", "-", "--", ".", "n.a.", "n/d", "nd", "\\N", "(null)", "missing", "unknown", "#NULL!", "#VALUE!", "#DIV/0!",
    };

    /// <summary>No value to compute with.</summary>
    private static readonly HashSet<string> Infinite = new(StringComparer.OrdinalIgnoreCase)
    {
        "inf", "-inf", "+inf", "Infinity", "-Infinity", "+Infinity", "\u221E", "-\u221E",
    };

    /// <summary>What kind of token a text is.</summary>
    /// <param name="text">A text that is no number, without blanks around it.</param>
    public static MissingToken Find(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestToken)
            return MissingToken.None;
        Span<char> characters = stackalloc char[LongestToken];
        var token = characters[..System.Text.Encoding.UTF8.GetChars(text, characters)];
        if (Unmistakable.GetAlternateLookup<ReadOnlySpan<char>>().Contains(token))
            return MissingToken.Unmistakable;
        if (AmongNumbers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(token))
            return MissingToken.AmongNumbers;
        return Infinite.GetAlternateLookup<ReadOnlySpan<char>>().Contains(token) ? MissingToken.Infinite : MissingToken.None;
    }

    /// <summary>Whether a text stands for "no label".</summary>
    /// <param name="text">Without blanks around it.</param>
    /// <param name="amongNumbers">Whether the other labels are numbers: then texts that may be classes elsewhere are none.</param>
    public static bool IsNoLabel(ReadOnlySpan<byte> text, bool amongNumbers)
    {
        if (text.IsEmpty)
            return true;
        // Most labels begin with a digit or are long; no token does or is.
        if (text[0] is >= (byte)'0' and <= (byte)'9')
            return false;
        var token = Find(text);
        return token == MissingToken.Unmistakable || amongNumbers && token != MissingToken.None;
    }
}
