using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Mlp.Tool.Output;

/// <summary>Warnings that models write to ML.NET's log while they predict.</summary>
internal static class ModelWarnings
{
    // The table loader and other components also warn; this command has its own warnings about tables.
    private const string Source = "Mlp";

    public static void Show(MLContext ml, Terminal terminal) => ml.Log += (_, entry) =>
    {
        if (entry.Kind == ChannelMessageKind.Warning && entry.Source.StartsWith(Source, StringComparison.Ordinal))
            terminal.Warning(entry.RawMessage);
    };
}
