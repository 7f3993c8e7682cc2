using System.Text.RegularExpressions;

namespace Mlp.Pages.Tests.Generated;

/// <summary>A documentation comment taken apart: what it says, the range and the default it gives, and the names of other
/// libraries.</summary>
/// <param name="Default">Of an option of a trainer; empty where it gives none.</param>
internal sealed partial record OptionText(string Description, string Range, string Default, string ScikitLearn, string PyTorch)
{
    public static OptionText Parse(string documentation)
    {
        string scikitLearn = "", pyTorch = "", value = DefaultSentence().Match(documentation).Groups["value"].Value;
        documentation = DefaultSentence().Replace(documentation, "");
        foreach (Match match in Peer().Matches(documentation))
        {
            string name = match.Groups["name"].Value is "none" ? "–" : match.Groups["name"].Value;
            if (match.Groups["library"].Value.Contains("scikit-learn", StringComparison.Ordinal))
                scikitLearn = name;
            if (match.Groups["library"].Value.Contains("PyTorch", StringComparison.Ordinal))
                pyTorch = name;
        }
        string description = Peer().Replace(documentation, "");
        string range = string.Join(", ", Ranges().Matches(description).Select(match => match.Value).Distinct());
        return new OptionText(
            Spaces().Replace(description, " ").Trim().TrimEnd(';'), range, value, scikitLearn, pyTorch);
    }

    // "scikit-learn: tol; PyTorch: eps." A full stop inside a name has a letter behind it.
    [GeneratedRegex(@"\s?(?<library>(?:scikit-learn, )?(?:scikit-learn|PyTorch)): (?<name>.*?)[;.](?=\s|$)")]
    private static partial Regex Peer();

    [GeneratedRegex(@"(?<=\b[Ii]n )[\[(][^\])]*, [^\])]*[\])]|\bat least \d+|\bfrom \d+ to \d(?:[\d,]*\d)?|\bpositive(?=;)")]
    private static partial Regex Ranges();

    // "Default: 80 (Plain: 100)." at the end, or "Default: 0.9." before the names of other libraries.
    [GeneratedRegex(@"\s?Default: (?<value>.*?)\.(?=\s|$)")]
    private static partial Regex DefaultSentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
