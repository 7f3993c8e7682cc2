using Mlp.Reports.Findings;

namespace Mlp.Reports.Page;

/// <summary>What the page that tries a row shows of its prediction.</summary>
/// <param name="Outcome">In words: "late: yes".</param>
/// <param name="Numbers">Probabilities, or the ends of an interval: a name and a number in words.</param>
/// <param name="Notes">What the reader should know, a sentence each.</param>
/// <param name="OutputName">Of the output that is explained.</param>
/// <param name="Explanation">Null where there is none.</param>
internal sealed record FormResult(
    string Outcome, IReadOnlyList<(string Name, string Value)> Numbers, IReadOnlyList<string> Notes, string OutputName,
    RowContributions? Explanation);
