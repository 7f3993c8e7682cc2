using System.CommandLine;
using System.Text.Json.Nodes;
using Mlp.MLNet;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp join</c>: the parts that jobs trained → the model that one process would have trained.</summary>
internal sealed class JoinCommand : ToolCommand
{
    private readonly Argument<string[]> _parts = new("parts")
    {
        Description = "The files that mlp train --member wrote, all of one training, in any order.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The model, a zip that ML.NET's ml.Model.Load reads. - is standard output.",
        DefaultValueFactory = _ => "model.zip",
        HelpName = "model.zip",
    };

    public JoinCommand() => Definition = new Command("join", "Makes one model of what several jobs trained.") { _parts, _out };

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        string[] paths = result.GetValue(_parts)!;
        string modelPath = result.GetValue(_out)!;
        if (paths.Count(path => path == OutputFile.Standard) > 1)
            throw new ToolException(ExitCode.Usage, "Standard input, -, is named more than once, and is read once.");
        OutputFile.Check("--out", modelPath, paths, []);
        terminal.LeaveOutputTo("--out", modelPath);
        var files = new List<InputFile>();
        try
        {
            foreach (string path in paths)
            {
                var file = InputFile.Open(path, cancellationToken);
                files.Add(file);
                terminal.Rename(file.Path, file.Title);
            }
            JoinedParts joined = SavedPart.Join(files, modelPath);
            foreach (string warning in joined.Warnings)
                terminal.Warning(warning);
            terminal.Result(
                $"Written: {OutputFile.NameOf(modelPath)}{OutputFile.SizeOf(modelPath)}, "
                    + $"{Figures.Count(joined.NumberOfNetworks, "network", "networks")} of "
                    + $"{Figures.Count(joined.NumberOfParts, "part", "parts")}");
            document["parts"] = joined.NumberOfParts;
            document["networks"] = joined.NumberOfNetworks;
            document["temperature"] = Json.Number(joined.Temperature);
            document["written"] = new JsonObject { ["model"] = modelPath };
            return ExitCode.Success;
        }
        finally
        {
            foreach (InputFile file in files)
                file.Dispose();
        }
    }
}
