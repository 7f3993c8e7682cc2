using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlp.Tool.Output;

/// <summary>Values as the JSON documents have them.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Form =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON has no NaN and no infinity: null.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);

    public static JsonArray Numbers(IEnumerable<int> values) => new([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);

    public static JsonArray Metrics(IEnumerable<Metric> metrics) => new([.. metrics.Select(metric => (JsonNode?)new JsonObject
    {
        ["name"] = metric.Name,
        ["value"] = Number(metric.Value),
        ["baseline"] = Number(metric.Baseline),
    })]);

    public static string Format(JsonObject document) => document.ToJsonString(Form);
}
