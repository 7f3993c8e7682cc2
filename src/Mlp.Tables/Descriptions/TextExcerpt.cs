using System.Text;

namespace Mlp.Tables.Descriptions;

/// <summary>Texts from a file, shortened and cleaned for a message.</summary>
internal static class TextExcerpt
{
    /// <summary>Characters of an excerpt.</summary>
    private const int LongestText = 40;

    /// <summary>The text, without control characters and cut after 40 characters.</summary>
    public static string Of(ReadOnlySpan<byte> text)
    {
        // No character takes more than four bytes.
        int bytes = Math.Min(text.Length, 4 * (LongestText + 1));
        return Of(Encoding.UTF8.GetString(text[..bytes]));
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    public static string Of(string text)
    {
        var excerpt = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (excerpt.Length >= LongestText)
                return excerpt.Append("...").ToString();
            excerpt.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return excerpt.ToString();
    }

    /// <summary>A list for a message: the first few, and how many more.</summary>
    public static string List(IReadOnlyCollection<string> texts, int count = 10)
    {
        string first = string.Join(", ", texts.Take(count).Select(Of));
        return texts.Count > count ? $"{first} and {texts.Count - count:N0} more" : first;
    }
}
