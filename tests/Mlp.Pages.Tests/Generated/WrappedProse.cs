using System.Text;
using System.Text.RegularExpressions;

namespace Mlp.Pages.Tests.Generated;

/// <summary>Text of a Markdown page in lines of at most 140 columns.</summary>
internal static partial class WrappedProse
{
    private const int MaxLength = 140;

    /// <param name="text">One paragraph, or one point of a list with its "- "; further lines of a point are indented.</param>
    public static string Of(string text)
    {
        string indent = text.StartsWith("- ", StringComparison.Ordinal) ? "  " : "";
        var lines = new StringBuilder();
        int column = 0;
        foreach (Match word in Words().Matches(text))
        {
            // A dash or a number with a full stop would begin a list.
            if (column > 0 && column + 1 + word.Length > MaxLength && !ListMarks().IsMatch(word.Value))
            {
                lines.Append('\n').Append(indent);
                column = indent.Length;
            }
            else if (column > 0)
            {
                lines.Append(' ');
                column++;
            }
            lines.Append(word.Value);
            column += word.Length;
        }
        return lines.ToString();
    }

    // Code and links stay whole, with what touches them.
    [GeneratedRegex(@"(?:`[^`]*`|\[[^\]]*\]\([^)\s]*\)|\S)+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(?:[-+*#>]|\d+[.)])$")]
    private static partial Regex ListMarks();
}
