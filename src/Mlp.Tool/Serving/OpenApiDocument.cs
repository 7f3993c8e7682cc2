using System.Text.Json.Nodes;
using Mlp.Tool.Output;
using Mlp.Tool.Web;

namespace Mlp.Tool.Serving;

/// <summary>What a model takes and gives, as OpenAPI 3.1 describes it.</summary>
internal static class OpenApiDocument
{
    // More of a category make the document long and its reader no wiser.
    private const int MostKnownValues = 100;

    public static JsonObject Create(ServedModel model, ServeSettings settings, Uri address) => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = $"Predicts {model.LabelName}",
            ["version"] = model.Fingerprint,
            ["description"] = "A model of Mlp.MLNet behind mlp serve. The version is the fingerprint of the model's parameters.",
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = address.GetLeftPart(UriPartial.Authority) }),
        ["paths"] = new JsonObject
        {
            ["/predict"] = Rows("Predicts a row, or several.", "predict", settings.MostRows, "Prediction"),
            ["/explain"] = Rows(
                "Predicts, and says what each column added to the score.", "explain", settings.MostExplainedRows, "ExplainedPrediction"),
            ["/health"] = Read("Which model answers, since when, and what was wrong with the last file.", "health", "application/json"),
            ["/metrics"] = Read("Counts of requests, for Prometheus.", "metrics", "text/plain"),
        },
        ["components"] = new JsonObject
        {
            ["schemas"] = new JsonObject
            {
                ["Row"] = RowSchema(model),
                ["Prediction"] = PredictionSchema(model),
                ["ExplainedPrediction"] = new JsonObject
                {
                    ["allOf"] = new JsonArray(Reference("Prediction"), new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject { ["explanation"] = ExplanationSchema() },
                    }),
                },
                ["Problem"] = ProblemSchema(),
            },
        },
    };

    private static JsonObject Rows(string summary, string id, int mostRows, string answer) => new()
    {
        ["post"] = new JsonObject
        {
            ["summary"] = summary,
            ["operationId"] = id,
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = OneOrMore("application/json", "Row", mostRows) },
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject
                {
                    ["description"] = "A prediction for a row, an array of them for an array of rows, in the same order.",
                    ["content"] = OneOrMore("application/json", answer, mostRows),
                },
                ["400"] = ProblemAnswer("The rows do not fit the model; each error names the column, the value and what was expected."),
                ["413"] = ProblemAnswer("The body is too long."),
                ["415"] = ProblemAnswer("The body is no application/json."),
                ["503"] = ProblemAnswer("The prediction took too long."),
            },
        },
    };

    private static JsonObject Read(string summary, string id, string contentType) => new()
    {
        ["get"] = new JsonObject
        {
            ["summary"] = summary,
            ["operationId"] = id,
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject
                {
                    ["description"] = summary,
                    ["content"] = new JsonObject { [contentType] = new JsonObject() },
                },
            },
        },
    };

    private static JsonObject OneOrMore(string contentType, string schema, int mostRows) => new()
    {
        [contentType] = new JsonObject
        {
            ["schema"] = new JsonObject
            {
                ["oneOf"] = new JsonArray(
                    Reference(schema),
                    new JsonObject { ["type"] = "array", ["items"] = Reference(schema), ["minItems"] = 1, ["maxItems"] = mostRows }),
            },
        },
    };

    private static JsonObject ProblemAnswer(string description) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { [Problem.ContentType] = new JsonObject { ["schema"] = Reference("Problem") } },
    };

    private static JsonObject RowSchema(ServedModel model)
    {
        var properties = new JsonObject();
        var example = new JsonObject();
        foreach (ServedField field in model.Fields)
        {
            properties[field.Name] = FieldSchema(field);
            example[field.Name] = ExampleOf(field);
        }
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Json.Texts(model.Fields.Select(field => field.Name)),
            ["additionalProperties"] = false,
            ["examples"] = new JsonArray(example),
        };
    }

    private static JsonObject FieldSchema(ServedField field)
    {
        string[] types = field.Kind switch
        {
            FieldKind.Number => ["number", "null"],
            FieldKind.Category => ["string", "integer", "boolean", "null"],
            _ => ["string", "null"],
        };
        var schema = new JsonObject
        {
            ["type"] = Json.Texts(types),
            ["description"] = $"{char.ToUpperInvariant(field.Expected[0])}{field.Expected[1..]}.",
        };
        if (field.Kind == FieldKind.Date)
            schema["examples"] = new JsonArray("2020-01-31", "2020-01-31T23:59:00");
        if (field.KnownValues.Count > 0)
            schema["examples"] = Json.Texts(field.KnownValues.Take(MostKnownValues));
        return schema;
    }

    private static JsonNode? ExampleOf(ServedField field) => field.Kind switch
    {
        FieldKind.Number => 1,
        FieldKind.Date => "2020-01-31",
        FieldKind.Category => field.KnownValues.Count > 0 ? field.KnownValues[0] : null,
        _ => "some words",
    };

    private static JsonObject PredictionSchema(ServedModel model)
    {
        JsonObject properties = !model.Task.HasClasses
            ? new JsonObject { ["score"] = Nullable("number"), ["intervals"] = IntervalsSchema() }
            : new JsonObject
            {
                ["predictedLabel"] = new JsonObject
                {
                    ["type"] = Json.Texts(["string", "null"]),
                    ["enum"] = new JsonArray([.. model.Classes.Select(name => (JsonNode?)JsonValue.Create(name)), null]),
                },
                ["probabilities"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject(model.Classes.Select(name => KeyValuePair.Create(name, (JsonNode?)Nullable("number")))),
                },
                ["predictedLabelSet"] = TextsSchema(),
            };
        JsonArray required = Json.Texts(
            model.Task.HasClasses ? (string[])["predictedLabel", "probabilities"] : ["score"]);
        properties["unknownCategories"] = TextsSchema();
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static JsonObject IntervalsSchema() => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["level"] = new JsonObject { ["type"] = "number" },
                ["lower"] = Nullable("number"),
                ["upper"] = Nullable("number"),
            },
        },
    };

    private static JsonObject ExplanationSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["output"] = new JsonObject { ["type"] = "string" },
            ["baselineScore"] = Nullable("number"),
            ["score"] = Nullable("number"),
            ["contributions"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["column"] = new JsonObject { ["type"] = "string" },
                        ["value"] = new JsonObject { ["type"] = "string" },
                        ["contribution"] = Nullable("number"),
                    },
                },
            },
        },
    };

    private static JsonObject ProblemSchema()
    {
        var error = new JsonObject();
        foreach (string name in (string[])["pointer", "column", "value", "expected", "detail"])
            error[name] = Nullable("string");
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["type"] = "string" },
                ["title"] = new JsonObject { ["type"] = "string" },
                ["status"] = new JsonObject { ["type"] = "integer" },
                ["detail"] = new JsonObject { ["type"] = "string" },
                ["errors"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "object", ["properties"] = error },
                },
            },
        };
    }

    private static JsonObject TextsSchema() =>
        new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Nullable(string type) => new() { ["type"] = Json.Texts([type, "null"]) };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };
}
