using System.Globalization;
using System.Text.RegularExpressions;

namespace Mlp.Samples.Tests.Pages;

/// <summary>Compares what a page shows as output with what its program printed.</summary>
internal static partial class ShownOutput
{
    // Another processor may round differently and so end in slightly different parameters.
    private const double FigureTolerance = 0.02;

    /// <summary>The same text; figures may differ by 0.02 or, of larger ones, by 2 %, unless the block is marked "exact".</summary>
    public static bool Agrees(CodeBlock shown, IReadOnlyList<string> printed)
    {
        string[] lines = shown.Text.Split('\n');
        if (shown.Tag == "exact")
            return lines.SequenceEqual(printed);
        return lines.Select(Shape).SequenceEqual(printed.Select(Shape))
            && Figures(lines).Zip(Figures(printed)).All(pair => Math.Abs(pair.First - pair.Second) <= FigureTolerance * Math.Max(1, Math.Abs(pair.First)));
    }

    // Without the numbers, and without the spaces that align them.
    private static string Shape(string line) => Spaces.Replace(Number.Replace(line, "#"), " ");

    private static IEnumerable<double> Figures(IEnumerable<string> lines) =>
        lines.SelectMany(line => Number.Matches(line)).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number { get; }

    [GeneratedRegex(" +")]
    private static partial Regex Spaces { get; }
}
