using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Mlp.Reports.Page;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Serving;

/// <summary>The page on which a row can be tried, and what it sends.</summary>
internal static class RowForm
{
    /// <summary>The most columns that a form has: nobody fills in more.</summary>
    public const int MostFields = 1000;

    // A longer list is easier to type into.
    private const int MostChoices = 100;

    /// <summary>The empty page.</summary>
    public static string Write(ServedModel model) => Write(model, new Dictionary<string, string>(), [], null);

    /// <summary>Predicts what the page sent.</summary>
    /// <param name="model">Predicts.</param>
    /// <param name="form">A value for each field.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="isValid">Whether every value fits; if not, the page says of each what was expected.</param>
    public static string Answer(ServedModel model, IFormCollection form, CancellationToken cancellationToken, out bool isValid)
    {
        var given = model.Fields.Select((field, index) => (field.Name, Text: form[NameOf(index)].ToString().Trim()))
            .ToDictionary(pair => pair.Name, pair => pair.Text);
        var row = new JsonObject(model.Fields.Select(field => KeyValuePair.Create(field.Name, ToJson(field, given[field.Name]))));
        try
        {
            RowBatch batch = new RowParser(model.Fields, model.LabelName, mostRows: 1).Parse(JsonSerializer.SerializeToElement(row));
            RowPrediction prediction = model.Predict(batch, cancellationToken)[0];
            isValid = true;
            return Write(model, given, [], ResultOf(model, prediction, batch, cancellationToken));
        }
        catch (RowException exception)
        {
            isValid = false;
            return Write(model, given, exception.Errors, null);
        }
    }

    private static string NameOf(int index) => "c" + index.ToString(CultureInfo.InvariantCulture);

    private static JsonNode? ToJson(ServedField field, string text) => text.Length == 0 ? null
        : field.Kind == FieldKind.Number && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(text);

    private static string Write(
        ServedModel model, Dictionary<string, string> given, IReadOnlyList<RowError> errors, FormResult? result)
    {
        IEnumerable<FormField> fields = model.Fields.Select(field => new FormField(
            field.Name, HintOf(field), field.Kind == FieldKind.Number, field.KnownValues.Count <= MostChoices ? field.KnownValues : [],
            given.GetValueOrDefault(field.Name, ""), errors.FirstOrDefault(error => error.Column == field.Name)?.Message));
        string lead = $"Predicts {model.LabelName}. Programs send rows as JSON to /predict; /openapi.json says how.";
        return RowFormPage.Write($"Try a row: {model.LabelName}", lead, [.. fields], result);
    }

    private static string HintOf(ServedField field) => field.Kind switch
    {
        FieldKind.Number => field.Unit.Length == 0 ? "a number" : $"a number in {field.Unit}",
        FieldKind.Date => "a date such as 2020-01-31",
        FieldKind.Text => "words",
        _ => field.KnownValues.Count > MostChoices ? $"one of {field.KnownValues.Count:N0} values, such as {field.KnownValues[0]}"
            : "a value",
    };

    private static FormResult ResultOf(
        ServedModel model, RowPrediction prediction, RowBatch batch, CancellationToken cancellationToken)
    {
        string[] notes = [.. prediction.UnknownCategories.Select(
            column => $"Training did not see this value of '{column}'; it counts as unknown.")];
        var explanation = model.Explain(batch, cancellationToken)[0];
        return new FormResult(
            OutcomeOf(model, prediction), NumbersOf(model, prediction), notes, model.NameOfOutput(explanation.OutputIndex),
            double.IsNaN(explanation.Score) ? null : explanation);
    }

    private static string OutcomeOf(ServedModel model, RowPrediction prediction)
    {
        if (prediction.Values.Any(float.IsNaN))
            return $"{model.LabelName}: no prediction, because a value is missing";
        return prediction.ClassIndex is int index ? $"{model.LabelName}: {model.Classes[index]}"
            : $"{model.LabelName}: {Number(prediction.Values[0])}";
    }

    private static (string, string)[] NumbersOf(ServedModel model, RowPrediction prediction)
    {
        if (model.Task.HasClasses)
        {
            return [.. model.Classes.Zip(prediction.Values).OrderByDescending(each => each.Second)
                .Select(each => (each.First, $"{(100 * each.Second).ToString("F1", CultureInfo.InvariantCulture)} %"))];
        }
        return [.. prediction.Intervals.Select(interval => (
            FormattableString.Invariant($"between, {100 * interval.Level:G4} % of the time"),
            $"{Number(interval.Lower)} … {Number(interval.Upper)}"))];
    }

    private static string Number(float value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
