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

    /// <summary>Advice for programs, and what a user of the command can do in its place.</summary>
    private static readonly (string OfLibrary, string OfTool)[] Advice =
    [
        (" (TakeRows)", ""),
        ("Normalize the features or lower LearningRate.", "Lower LearningRate."),
        ("Give another path, delete the file, or set Checkpoint.Resume to false.",
            "Give Checkpoint another path, or delete all files whose names begin with that path."),
        ("Set Checkpoint.Resume to false to begin anew.",
            "To begin anew, give Checkpoint another path, or delete all files whose names begin with that path."),
        ("with other settings begin anew with Checkpoint.Resume set to false.",
            "to begin anew with other settings, give Checkpoint another path, or delete all files whose names begin with that path."),
        ("InputCount was", "the number of features was"),
    ];

    /// <summary>The message with options in the place of properties, and without advice for programs.</summary>
    public static string Of(string message)
    {
        foreach ((string ofLibrary, string ofTool) in Advice)
            message = message.Replace(ofLibrary, ofTool, StringComparison.Ordinal);
        return Property().Replace(message, match => Options[match.Value]);
    }

    // What the sentence begins with keeps its capital: "Checkpoint 'a' is another training's".
    [GeneratedRegex(
        @"\b(NumberOfEpochs|HiddenLayerSizes|LearningRate|BatchSize|NumberOfNetworks|NumberOfThreads|Seed|Checkpoint(?! ')|RowStore"
            + @"|GradientShards|Ranks(?= (has|is))"
            + @"|Part(?= is \d))\b")]
    private static partial Regex Property();
}
