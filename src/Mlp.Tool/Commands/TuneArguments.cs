using System.CommandLine;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary>The options of a search.</summary>
internal sealed class TuneArguments
{
    private readonly Option<TunePlan?> _tune = TunePlan.CreateOption();

    private readonly Option<string?> _folder = new("--tune-folder")
    {
        Description =
            "Keeps what the search has done, so that the same command goes on after it was killed; jobs with --member share it.",
        HelpName = "folder",
    };

    public void AddTo(Command command)
    {
        command.Add(_tune);
        command.Add(_folder);
    }

    /// <summary>Null for no search.</summary>
    /// <exception cref="ToolException">The options make no sense together.</exception>
    public TunePlan? Read(ParseResult result, EnsemblePart? member)
    {
        TunePlan? plan = result.GetValue(_tune);
        string? folder = result.GetValue(_folder);
        if (plan is null)
        {
            return folder is null ? null : throw new ToolException(
                ExitCode.Usage, "--tune-folder says where, and nothing what to try. Give --tune, too.");
        }
        if (folder is not null && File.Exists(folder))
            throw new ToolException(ExitCode.Usage, $"--tune-folder {folder}: that is a file. Name a folder, which need not exist.");
        if (member is not null && (folder is null || plan.Trials is null))
        {
            throw new ToolException(
                ExitCode.Usage,
                $"--member {member} shares a search with other jobs: they need the same --tune-folder, and --tune with a number of trials, "
                    + "as in --tune 24.");
        }
        return plan with { Folder = folder };
    }
}
