namespace Mlp.Reports.Page;

/// <summary>A field of the page that tries a row.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Hint">What is expected, in a few words.</param>
/// <param name="IsNumber">Whether the keyboard of a phone needs digits alone.</param>
/// <param name="Choices">The values that training saw; empty where any text may be given.</param>
/// <param name="Value">What was given; empty for a missing value.</param>
/// <param name="Problem">What is wrong with the value; null for nothing.</param>
internal sealed record FormField(
    string Name, string Hint, bool IsNumber, IReadOnlyList<string> Choices, string Value, string? Problem);
