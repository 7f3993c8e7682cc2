using Mlp.MLNet;
using Mlp.Tool.Models;

namespace Mlp.Tool.Scorers;

/// <summary>What a scorer gives for a row, as C#.</summary>
/// <param name="Docs">Of the parameters.</param>
/// <param name="Parameters">Of the record.</param>
/// <param name="Result">Statements that make one, of <c>rows</c> and <c>row</c>.</param>
/// <param name="Names">Names of classes, labels or targets; empty where there are none.</param>
internal sealed record ScorerOutput(
    IReadOnlyList<(string Name, string Doc)> Docs, string Parameters, IReadOnlyList<string> Result, IReadOnlyList<string> Names)
{
    private const string LogitDoc = "The logit of the positive class.", ProbabilityDoc = "Of the positive class.";

    public static ScorerOutput Of(SavedModel model, string className)
    {
        string[] names = [.. (model.Network.Model.Label.Values?.ToTexts() ?? []).Select(name => name.ToString())];
        return model.Network switch
        {
            MlpBinaryTransformer binary => Binary(binary, model, className, names),
            MlpMulticlassTransformer => Multiclass(className, names),
            MlpMultiLabelTransformer => MultiLabel(className, names),
            _ when model.Network.Model.Label.IsVector => new ScorerOutput(
                [("Score", "One value for each target.")], "float[] Score",
                [$"return new {className}Output(rows.Predictions(row).ToArray());"], names),
            _ => new ScorerOutput(
                [("Score", "In the label's unit; NaN where it cannot be told.")], "float Score",
                [$"return new {className}Output(rows.Predictions(row)[0]);"], []),
        };
    }

    private static ScorerOutput Binary(MlpBinaryTransformer binary, SavedModel model, string className, string[] names)
    {
        string threshold = $"{binary.ScoreThreshold.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}f";
        string[] classes = binary.Model.Label.Decision.PositiveKey is not null && names.Length == 2 ? names
            : model.IsFromTool ? [.. model.Notes.Classes] : [];
        string start = "float score = rows.Outputs(row)[0];";
        if (classes.Length == 0)
        {
            return new ScorerOutput(
                [("Score", LogitDoc), ("Probability", ProbabilityDoc), ("PredictedLabel", $"Whether the score is above {threshold}.")],
                "float Score, float Probability, bool PredictedLabel",
                [start, $"return new {className}Output(score, rows.Probability(row), score > {threshold});"], []);
        }
        return new ScorerOutput(
            [("Score", LogitDoc), ("Probability", $"{ProbabilityDoc[..^1]}, the last of the classes."),
                ("PredictedLabel", $"The last class where the score is above {threshold}, otherwise the first; null for a score of NaN.")],
            "float Score, float Probability, string? PredictedLabel",
            [start, $"string? label = float.IsNaN(score) ? null : Classes[score > {threshold} ? 1 : 0];",
                $"return new {className}Output(score, rows.Probability(row), label);"],
            classes);
    }

    private static ScorerOutput Multiclass(string className, string[] names)
    {
        string[] start = ["float[] scores = rows.Predictions(row).ToArray();", "int largest = ScoringRows.IndexOfLargest(scores);"];
        return names.Length == 0
            ? new ScorerOutput(
                [("Score", "The probability of each class."), ("PredictedLabel", "The most probable class, counted from 0; -1 for NaN.")],
                "float[] Score, int PredictedLabel", [.. start, $"return new {className}Output(scores, largest);"], [])
            : new ScorerOutput(
                [("Score", "The probability of each of the classes."), ("PredictedLabel", "The most probable class; null for NaN.")],
                "float[] Score, string? PredictedLabel",
                [.. start, $"return new {className}Output(scores, largest < 0 ? null : Classes[largest]);"], names);
    }

    private static ScorerOutput MultiLabel(string className, string[] names) => new(
        [("Score", "The logit of each label."), ("Probability", "Of each label."), ("PredictedLabel", "Whether the score is above 0.")],
        "float[] Score, float[] Probability, bool[] PredictedLabel",
        ["float[] scores = rows.Outputs(row).ToArray();",
            $"return new {className}Output(scores, rows.Predictions(row).ToArray(), Array.ConvertAll(scores, score => score > 0));"],
        names);
}
