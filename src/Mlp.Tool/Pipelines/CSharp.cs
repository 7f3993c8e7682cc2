using System.Globalization;
using System.Text;

namespace Mlp.Tool.Pipelines;

/// <summary>Names and values as C# code. They come from files, so they can contain anything.</summary>
internal static class CSharp
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
            "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach",
            "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator",
            "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof",
            "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort",
        "using", "virtual", "void", "volatile", "while",
    ];

    public static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Literal(bool value) => value ? "true" : "false";

    public static string Literal(char value) => value switch
    {
        '\'' => @"'\''",
        '"' => "'\"'",
        _ => $"'{Escape(value)}'",
    };

    /// <summary>On one line, in visible ASCII.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char character in value)
            text.Append(Escape(character));
        return text.Append('"').ToString();
    }

    /// <summary>For a comment: without characters that end a line.</summary>
    public static string Comment(string value) => string.Concat(value.Select(
        character => character is >= ' ' and <= '~' ? character.ToString() : char.IsLetterOrDigit(character) ? character.ToString() : "?"));

    /// <summary>A property's name: "capital-gain" becomes CapitalGain.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="taken">Names that are already used; the new one is added.</param>
    public static string Identifier(string name, HashSet<string> taken)
    {
        var text = new StringBuilder();
        bool startsWord = true;
        foreach (char character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                startsWord = true;
                continue;
            }
            text.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }
        string first = text.Length == 0 || char.IsAsciiDigit(text[0]) ? "Column" + text : text.ToString();
        // A property cannot have the name of its class or of a member of Object.
        string free = first is "Row" or "Equals" or "GetHashCode" or "GetType" or "ToString" or "Finalize" or "MemberwiseClone"
            ? first + "Value" : first;
        string candidate = free;
        for (int number = 2; Keywords.Contains(candidate) || !taken.Add(candidate); number++)
            candidate = $"{free}{number}";
        return candidate;
    }

    private static string Escape(char character) => character switch
    {
        '\\' => @"\\",
        '"' => "\\\"",
        '\t' => @"\t",
        >= ' ' and <= '~' => character.ToString(),
        _ => $"\\u{(int)character:x4}",
    };
}
