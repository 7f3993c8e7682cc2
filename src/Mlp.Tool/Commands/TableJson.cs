using System.Text.Json.Nodes;
using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary>The description of a table, for programs.</summary>
internal static class TableJson
{
    public static JsonObject Of(TableDescription table) => new()
    {
        ["path"] = table.Path,
        ["format"] = table.Format.ToString().ToLowerInvariant(),
        ["rows"] = table.RowCount,
        ["separator"] = table.Separator.ToString(),
        ["hasHeader"] = table.HasHeader,
        ["decimalMark"] = table.DecimalMark.ToString(),
        ["encoding"] = table.EncodingName,
        ["isCompressed"] = table.IsCompressed,
        ["columns"] = new JsonArray([.. table.Columns.Select(column => (JsonNode?)new JsonObject
        {
            ["name"] = column.Name,
            ["kind"] = NameOf(column.Kind),
            ["reason"] = column.Reason,
            ["missing"] = column.MissingCount,
            ["distinct"] = column.DistinctCount,
            ["distinctIsCapped"] = column.DistinctCountIsCapped,
        })]),
        ["label"] = table.Label is not LabelDescription label ? null : new JsonObject
        {
            ["column"] = label.Column.Name,
            ["task"] = NameOf(label.Task),
            ["reason"] = label.TaskReason,
            ["missing"] = label.MissingCount,
            ["positiveClass"] = label.PositiveClass?.Value,
            ["classes"] = new JsonArray(
                [.. label.Classes.Select(item => (JsonNode?)new JsonObject { ["name"] = item.Value, ["rows"] = item.Count })]),
        },
        ["warnings"] = new JsonArray([.. table.Warnings.Select(warning => (JsonNode?)new JsonObject
        {
            ["code"] = warning.Code,
            ["message"] = warning.Message,
            ["columns"] = Json.Texts(warning.Columns),
        })]),
    };

    /// <summary>A stable name: "number", "binary".</summary>
    public static string NameOf(Enum value) => value.ToString().ToLowerInvariant();
}
