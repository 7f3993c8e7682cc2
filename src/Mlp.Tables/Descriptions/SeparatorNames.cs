namespace Mlp.Tables.Descriptions;

/// <summary>All supported separators.</summary>
internal static class SeparatorNames
{
    /// <summary>Those that are recognized, the more likely first.</summary>
    public static ReadOnlySpan<char> Recognized => ",\t;|";

    /// <summary>Those that may be given.</summary>
    public static ReadOnlySpan<char> Allowed => ",\t;|:^~&";

    /// <summary>In words, for messages: "a comma".</summary>
    public static string Describe(char separator) => separator switch
    {
        ',' => "a comma",
        '\t' => "a tab",
        ';' => "a semicolon",
        '|' => "a bar",
        _ => $"'{separator}'",
    };
}
