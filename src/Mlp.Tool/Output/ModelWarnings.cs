using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Mlp.Tool.Output;

/// <summary>What models warn of while they predict, in ML.NET's log.</summary>
internal static class ModelWarnings
{
    // The loader of tables and others warn, too; of tables this command has warnings of its own.
    private const string Source = "Mlp";

    public static void Show(MLContext ml, Terminal terminal) => ml.Log += (_, entry) =>
    {
        if (entry.Kind == ChannelMessageKind.Warning && entry.Source.StartsWith(Source, StringComparison.Ordinal))
            terminal.Warning(entry.RawMessage);
    };
}
