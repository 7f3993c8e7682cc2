using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>Texts that stand for "no value". Among numbers all of them do. Among categories none does: "?" tells a model the same as an
/// empty field, and "none" can be an answer. Among classes only the unambiguous ones do.</summary>
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
        // MySQL writes a date that is missing so.
        if (text.StartsWith("0000-00-00"u8) || text.SequenceEqual("00.00.0000"u8) || text.SequenceEqual("00/00/0000"u8))
            return MissingToken.AmongNumbers;
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

    /// <summary>Whether a row has no label.</summary>
    public static bool HasNoLabel(RowReader row, LabelDescription label) => row.TryNumber(label.Column.Index, out double value)
        ? double.IsNaN(value) : IsNoLabel(row.Field(label.Column.Index), label.HasNumbers);

    /// <summary>Whether a text stands for "no label".</summary>
    /// <param name="text">Without blanks around it.</param>
    /// <param name="amongNumbers">Whether the other labels are numbers: if so, texts that could otherwise be classes count as
    /// missing.</param>
    public static bool IsNoLabel(ReadOnlySpan<byte> text, bool amongNumbers)
    {
        if (text.IsEmpty)
            return true;
        // A quick check: many labels begin with a digit, and no token does.
        if (text[0] is >= (byte)'0' and <= (byte)'9')
            return false;
        var token = Find(text);
        return token == MissingToken.Unmistakable || amongNumbers && token != MissingToken.None;
    }
}
