using System.Text.Json.Nodes;

namespace Mlp.Tool.Serving;

/// <summary>What is wrong with a value of a request.</summary>
/// <param name="Row">From 0; null where a request is one row.</param>
/// <param name="Column">Its name as it was given.</param>
/// <param name="Value">As it was given, shortened; null where there is none.</param>
/// <param name="Expected">In words.</param>
/// <param name="Message">The whole as a sentence.</param>
internal sealed record RowError(int? Row, string Column, string? Value, string Expected, string Message)
{
    /// <summary>Where in the document. Source: RFC 6901.</summary>
    public string Pointer
    {
        get
        {
            string name = Column.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            return Row is int row ? FormattableString.Invariant($"/{row}/{name}") : $"/{name}";
        }
    }

    public JsonObject ToJson() => new()
    {
        ["pointer"] = Pointer,
        ["column"] = Column,
        ["value"] = Value,
        ["expected"] = Expected,
        ["detail"] = Message,
    };
}
