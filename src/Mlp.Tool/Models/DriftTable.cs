using System.Text.Json.Nodes;
using Mlp.MLNet;
using Mlp.Tool.Output;

namespace Mlp.Tool.Models;

/// <summary>How far the columns of new rows are from those before, as lines and as JSON.</summary>
internal static class DriftTable
{
    // In the text; JSON has all.
    private const int MostColumns = 20;

    public static void Write(Terminal terminal, JsonObject document, IReadOnlyList<ColumnDrift> drift)
    {
        document["drift"] = new JsonArray([.. drift.Select(column => (JsonNode?)new JsonObject
        {
            ["column"] = column.Column,
            ["stabilityIndex"] = Json.Number(column.Index),
            ["noise"] = Json.Number(column.Noise),
            ["level"] = NameOf(column.Level),
            ["unknownBefore"] = Json.Number(column.UnknownBefore),
            ["unknownNow"] = Json.Number(column.UnknownNow),
        })]);
        if (drift.Count == 0)
            return;
        terminal.Heading("Drift: the new rows beside all before (population stability index)");
        var lines = new TextTable(false, true, true, true, false);
        lines.Add("", "index", "noise", "missing or unknown", "");
        foreach (ColumnDrift column in drift.OrderByDescending(column => column.Index).Take(MostColumns))
        {
            lines.Add(
                column.Column, Figures.Value(column.Index, "F3"), Figures.Value(column.Noise, "F3"),
                $"{Figures.Value(100 * column.UnknownBefore, "F1")} % -> {Figures.Value(100 * column.UnknownNow, "F1")} %",
                column.Level == DriftLevel.None ? "" : NameOf(column.Level));
        }
        foreach (string line in lines.Lines())
            terminal.Result(line);
        if (drift.Count > MostColumns)
            terminal.Detail($"  and {drift.Count - MostColumns:N0} more columns with smaller indices (--json has all)");
        string[] large = [.. drift.Where(column => column.Level == DriftLevel.Large).Select(column => column.Column)];
        if (large.Length > 0)
        {
            terminal.Warning(
                $"{string.Join(", ", large.Take(5))}{(large.Length > 5 ? " and others" : "")}: the new rows are others than those the "
                    + "model was first trained on. Scaling and categories stay as they were then; if this lasts, train anew.");
        }
    }

    private static string NameOf(DriftLevel level) => level switch
    {
        DriftLevel.Moderate => "moderate",
        DriftLevel.Large => "large",
        _ => "none",
    };
}
