using System.Text.Json;
using Mlp.Reports.Findings;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Serving;

/// <summary>Predictions as JSON.</summary>
internal static class PredictionJson
{
    /// <param name="json">Where the object is a value.</param>
    /// <param name="prediction">Of a row.</param>
    /// <param name="classes">By index; empty for numbers.</param>
    /// <param name="explanation">Null for none.</param>
    /// <param name="nameOfOutput">What an output of the network is.</param>
    public static void Write(
        Utf8JsonWriter json, RowPrediction prediction, IReadOnlyList<string> classes, RowContributions? explanation,
        Func<int, string> nameOfOutput)
    {
        json.WriteStartObject();
        if (classes.Count > 0)
            WriteClasses(json, prediction, classes);
        else
            WriteNumber(json, prediction);
        if (prediction.UnknownCategories.Count > 0)
            WriteTexts(json, "unknownCategories", prediction.UnknownCategories);
        if (explanation is not null)
            WriteExplanation(json, explanation, nameOfOutput);
        json.WriteEndObject();
    }

    private static void WriteClasses(Utf8JsonWriter json, RowPrediction prediction, IReadOnlyList<string> classes)
    {
        json.WriteString("predictedLabel", prediction.ClassIndex is int index ? classes[index] : null);
        json.WriteStartObject("probabilities");
        for (int each = 0; each < classes.Count; each++)
            WriteNumber(json, classes[each], prediction.Values[each]);
        json.WriteEndObject();
        if (prediction.Set is { } set)
            WriteTexts(json, "predictedLabelSet", set.Select(each => classes[each]));
    }

    private static void WriteNumber(Utf8JsonWriter json, RowPrediction prediction)
    {
        WriteNumber(json, "score", prediction.Values[0]);
        if (prediction.Intervals.Count == 0)
            return;
        json.WriteStartArray("intervals");
        foreach (PredictedInterval interval in prediction.Intervals)
        {
            json.WriteStartObject();
            json.WriteNumber("level", interval.Level);
            WriteNumber(json, "lower", interval.Lower);
            WriteNumber(json, "upper", interval.Upper);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteExplanation(Utf8JsonWriter json, RowContributions explanation, Func<int, string> nameOfOutput)
    {
        json.WriteStartObject("explanation");
        json.WriteString("output", nameOfOutput(explanation.OutputIndex));
        WriteNumber(json, "baselineScore", (float)explanation.BaselineScore);
        WriteNumber(json, "score", (float)explanation.Score);
        json.WriteStartArray("contributions");
        foreach ((string name, string value, double contribution) in explanation.Contributions)
        {
            json.WriteStartObject();
            json.WriteString("column", name);
            json.WriteString("value", value);
            WriteNumber(json, "contribution", (float)contribution);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>JSON has no NaN: null.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
