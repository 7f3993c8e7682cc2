using Mlp.MLNet;
using Mlp.MLNet.Tasks;
using Mlp.Models.Intervals;
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

    /// <param name="model">The network, and what is known of its label.</param>
    /// <param name="className">Of the scorer.</param>
    /// <param name="coverage">Intervals or sets of classes that it gives.</param>
    public static ScorerOutput Of(SavedModel model, string className, Coverage coverage)
    {
        string[] names = [.. (model.Network.Model.Label.Values?.ToTexts() ?? []).Select(name => name.ToString())];
        return model.Network switch
        {
            MlpBinaryTransformer binary => Binary(binary, model, className, names, coverage.Sets),
            MlpMulticlassTransformer => Multiclass(className, names, coverage.Sets),
            MlpMultiLabelTransformer => MultiLabel(className, names),
            _ => Regression(className, names, model.Network.Model.Label.IsVector, coverage.Intervals),
        };
    }

    private static ScorerOutput Regression(string className, string[] names, bool isVector, IntervalModel<float>? intervals)
    {
        (string type, string score) = isVector ? ("float[]", "rows.Predictions(row).ToArray()") : ("float", "rows.Predictions(row)[0]");
        (string, string) doc = ("Score", isVector ? "One value for each target." : "In the label's unit; NaN where it cannot be told.");
        string[] targets = isVector ? names : [];
        if (intervals is null)
            return new ScorerOutput([doc], $"{type} Score", [$"return new {className}Output({score});"], targets);
        bool isOne = !isVector && intervals.Levels.Length == 1;
        (type, string take) = isOne ? ($"{type} Score, float Lower, float Upper", "[0]")
            : ($"{type} Score, float[] Lower, float[] Upper", ".ToArray()");
        string levels = string.Join(", ", intervals.Levels.Select(PredictionLevels.TextOf));
        string holds = $"interval that holds the label with a probability of {levels}"
            + (isOne ? "." : $": {(isVector ? "target after target, and of each a number for each level" : "a number for each")}.");
        return new ScorerOutput(
            [doc, ("Lower", $"The lower end of the {holds}"), ("Upper", $"The upper end of the {holds}")], type,
            [$"return new {className}Output({score}, rows.Lower(row){take}, rows.Upper(row){take});"], targets);
    }

    /// <summary>The same with the set of classes, where the model has any.</summary>
    /// <param name="sets">Of the model; null for none.</param>
    /// <param name="probabilities">An expression: those of all classes.</param>
    private ScorerOutput WithSet(LabelSets? sets, string probabilities)
    {
        if (sets is null)
            return this;
        string threshold = Literal(sets.Threshold), last = Result[^1];
        string level = PredictionLevels.TextOf(sets.Level);
        return this with
        {
            Docs = [.. Docs,
                ("PredictedLabelSet", $"Whether each class is in the set that holds the label with a probability of {level}.")],
            Parameters = $"{Parameters}, bool[] PredictedLabelSet",
            Result = [.. Result.SkipLast(1), $"{last[..^2]}, ScoringRows.SetOf({probabilities}, {threshold}));"],
        };
    }

    private static string Literal(float value) => $"{value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}f";

    private static ScorerOutput Binary(
        MlpBinaryTransformer binary, SavedModel model, string className, string[] names, LabelSets? sets)
    {
        string threshold = Literal(binary.ScoreThreshold);
        string[] classes = binary.Model.Label.Decision.PositiveKey is not null && names.Length == 2 ? names
            : model.IsFromTool ? [.. model.Notes.Classes] : [];
        const string Probabilities = "[1 - probability, probability]";
        string[] start = ["float score = rows.Outputs(row)[0];", "float probability = rows.Probability(row);"];
        if (classes.Length == 0)
        {
            return new ScorerOutput(
                [("Score", LogitDoc), ("Probability", ProbabilityDoc), ("PredictedLabel", $"Whether the score is above {threshold}.")],
                "float Score, float Probability, bool PredictedLabel",
                [.. start, $"return new {className}Output(score, probability, score > {threshold});"], []).WithSet(sets, Probabilities);
        }
        return new ScorerOutput(
            [("Score", LogitDoc), ("Probability", $"{ProbabilityDoc[..^1]}, the last of the classes."),
                ("PredictedLabel", $"The last class where the score is above {threshold}, otherwise the first; null for a score of NaN.")],
            "float Score, float Probability, string? PredictedLabel",
            [.. start, $"string? label = float.IsNaN(score) ? null : Classes[score > {threshold} ? 1 : 0];",
                $"return new {className}Output(score, probability, label);"],
            classes).WithSet(sets, Probabilities);
    }

    private static ScorerOutput Multiclass(string className, string[] names, LabelSets? sets)
    {
        string[] start = ["float[] scores = rows.Predictions(row).ToArray();", "int largest = ScoringRows.IndexOfLargest(scores);"];
        ScorerOutput output = names.Length == 0
            ? new ScorerOutput(
                [("Score", "The probability of each class."), ("PredictedLabel", "The most probable class, counted from 0; -1 for NaN.")],
                "float[] Score, int PredictedLabel", [.. start, $"return new {className}Output(scores, largest);"], [])
            : new ScorerOutput(
                [("Score", "The probability of each of the classes."), ("PredictedLabel", "The most probable class; null for NaN.")],
                "float[] Score, string? PredictedLabel",
                [.. start, $"return new {className}Output(scores, largest < 0 ? null : Classes[largest]);"], names);
        return output.WithSet(sets, "scores");
    }

    private static ScorerOutput MultiLabel(string className, string[] names) => new(
        [("Score", "The logit of each label."), ("Probability", "Of each label."), ("PredictedLabel", "Whether the score is above 0.")],
        "float[] Score, float[] Probability, bool[] PredictedLabel",
        ["float[] scores = rows.Outputs(row).ToArray();",
            $"return new {className}Output(scores, rows.Predictions(row).ToArray(), Array.ConvertAll(scores, score => score > 0));"],
        names);
}
