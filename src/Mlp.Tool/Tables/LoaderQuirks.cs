namespace Mlp.Tool.Tables;

/// <summary>What about a file as it is written makes ML.NET's loader find other rows or fields than there are.</summary>
[Flags]
internal enum LoaderQuirks
{
    None = 0,

    /// <summary>A line of blanks alone, which the loader takes for a row.</summary>
    BlankLine = 1,

    /// <summary>A quoted field over several lines.</summary>
    LineBreakInQuotes = 2,

    /// <summary>A row that begins with two slashes, or a first row that begins with #, which the loader takes for a comment.</summary>
    LooksLikeComment = 4,

    /// <summary>A tab beside quotes, where the loader expects blanks only.</summary>
    TabBesideQuotes = 8,
}
