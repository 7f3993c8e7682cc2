using Mlp.Tables;
using Mlp.Tables.Reading;

namespace Mlp.Tool.Serving;

/// <summary>A column of the rows that are predicted.</summary>
/// <param name="Name">Of the table that the model was trained on.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Unit">Of a number: "%"; empty for none.</param>
/// <param name="TextForm">Which spellings of a category are one.</param>
internal sealed record ServedField(string Name, FieldKind Kind, string Unit, TextForm TextForm)
{
    /// <summary>The categories that training saw, as <see cref="TextForm"/> gives them; empty where the model does not say.</summary>
    public IReadOnlyList<string> KnownValues { get; init; } = [];

    /// <summary>What is expected, as the end of a sentence.</summary>
    public string Expected => Kind switch
    {
        FieldKind.Number => Unit.Length == 0 ? "a number" : $"a number in {Unit}",
        FieldKind.Date => "a date such as \"2020-01-31\" or \"2020-01-31T23:59:00\"",
        _ => "a text",
    } + ", or null for a missing value";

    /// <summary>Whether training did not see a value.</summary>
    public bool IsUnknown(string? value) =>
        !string.IsNullOrWhiteSpace(value) && KnownValues.Count > 0 && !Known.Contains(TextForms.Apply(value.Trim(), TextForm));

    private HashSet<string> Known => field ??= [.. KnownValues];
}
