using System.Text.RegularExpressions;

namespace Mlp.Tool.Output;

/// <summary>Messages of the trainer, which speak of properties and of code, in the words of the command line.</summary>
internal static partial class ToolWords
{
    private static readonly Dictionary<string, string> Options = new()
    {
        ["NumberOfEpochs"] = "--epochs",
        ["HiddenLayerSizes"] = "--layers",
        ["LearningRate"] = "--learning-rate",
        ["BatchSize"] = "--batch-size",
        ["NumberOfNetworks"] = "--networks",
        ["NumberOfThreads"] = "--threads",
        ["Seed"] = "--seed",
        ["Checkpoint"] = "--checkpoint",
        ["Part"] = "--member",
        ["RowStore"] = "--row-store",
        ["GradientShards"] = "--shards",
        ["Ranks"] = "--mpi",
    };

    /// <summary>The message with options in the place of properties, and without advice for programs.</summary>
    public static string Of(string message) =>
        Property().Replace(message.Replace(" (TakeRows)", "", StringComparison.Ordinal), match => Options[match.Value]);

    [GeneratedRegex(
        @"\b(NumberOfEpochs|HiddenLayerSizes|LearningRate|BatchSize|NumberOfNetworks|NumberOfThreads|Seed|Checkpoint|RowStore"
            + @"|GradientShards|Ranks(?= (has|is))"
            + @"|Part(?= is \d))\b")]
    private static partial Regex Property();
}
