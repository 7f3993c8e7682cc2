using System.Text.RegularExpressions;

namespace Mlp.Docs;

/// <summary>A documentation comment taken apart: what it says, the range it gives, and the names of other libraries.</summary>
internal sealed partial record OptionText(string Description, string Range, string ScikitLearn, string PyTorch)
{
    public static OptionText Parse(string documentation)
    {
        string scikitLearn = "", pyTorch = "";
        foreach (Match match in Peer().Matches(documentation))
        {
            string name = match.Groups["name"].Value is "none" ? "–" : match.Groups["name"].Value;
            if (match.Groups["library"].Value.Contains("scikit-learn", StringComparison.Ordinal))
                scikitLearn = name;
            if (match.Groups["library"].Value.Contains("PyTorch", StringComparison.Ordinal))
                pyTorch = name;
        }
        string description = Spaces().Replace(Peer().Replace(documentation, ""), " ").Trim();
        return new OptionText(description, string.Join(", ", Ranges().Matches(description).Select(match => match.Value).Distinct()), scikitLearn, pyTorch);
    }

    // "scikit-learn: tol; PyTorch: eps." A full stop inside a name has a letter behind it.
    [GeneratedRegex(@"\s?(?<library>(?:scikit-learn, )?(?:scikit-learn|PyTorch)): (?<name>.*?)[;.](?=\s|$)")]
    private static partial Regex Peer();

    [GeneratedRegex(@"(?<=\b[Ii]n )[\[(][^\])]*, [^\])]*[\])]|\bat least \d+|\bfrom \d+ to \d(?:[\d,]*\d)?|\bpositive\b")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
