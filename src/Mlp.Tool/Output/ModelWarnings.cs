using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Mlp.Tool.Output;

/// <summary>Warnings that models write to ML.NET's log while they predict.</summary>
internal sealed class ModelWarnings
{
    // The table loader and other components also warn; this command has its own warnings about tables.
    private const string Source = "Mlp";

    private ModelWarnings()
    {
    }

    /// <summary>Whether what a model says of missing values was said already, column by column.</summary>
    public bool KnowsOfMissing { get; set; }

    public static ModelWarnings Show(MLContext ml, Terminal terminal)
    {
        var warnings = new ModelWarnings();
        ml.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning && entry.Source.StartsWith(Source, StringComparison.Ordinal)
                && !warnings.KnowsOfMissing)
                terminal.Warning(entry.RawMessage);
        };
        return warnings;
    }
}
