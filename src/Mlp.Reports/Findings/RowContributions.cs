namespace Mlp.Reports.Findings;

/// <summary>How the score of a row came about.</summary>
/// <param name="OutputIndex">Of the model, zero-based.</param>
/// <param name="BaselineScore">Of the centre of the training rows.</param>
/// <param name="Score">Of the row.</param>
/// <param name="Contributions">Of each column its name, its value in words and its part, the largest first. All parts are NaN where the
/// model has no prediction.</param>
internal sealed record RowContributions(
    int OutputIndex, double BaselineScore, double Score, IReadOnlyList<(string Name, string Value, double Contribution)> Contributions);
