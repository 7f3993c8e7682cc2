namespace Mlp.Scoring;

/// <summary>Spellings of texts that a table's reader joins. Thread-safe.</summary>
public static class TextValues
{
    /// <summary>A text without blanks around it.</summary>
    public static string Trim(string? text) => text?.Trim() ?? "";

    /// <summary>Texts that differ by capitals alone are one.</summary>
    public static string IgnoreCase(string? text) => Trim(text).ToLowerInvariant();

    /// <summary>Words that mean yes are one, and those that mean no are one.</summary>
    /// <param name="text">In any language that the tables have.</param>
    /// <param name="yes">In small letters.</param>
    /// <param name="no">In small letters.</param>
    public static string YesNo(string? text, CategoryTable yes, CategoryTable no)
    {
        ArgumentNullException.ThrowIfNull(yes);
        ArgumentNullException.ThrowIfNull(no);
        string word = IgnoreCase(text);
        return yes.IndexOf(word) > 0 ? "yes" : no.IndexOf(word) > 0 ? "no" : Trim(text);
    }
}
