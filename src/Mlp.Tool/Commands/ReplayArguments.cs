using System.CommandLine;
using Mlp.MLNet;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary>The options that say what a model keeps of its training, for <c>mlp update</c>.</summary>
internal sealed class ReplayArguments
{
    private readonly Option<int?> _memory = ParsedOption.Number<int>(
        "--replay", "Keeps so many training rows beside the model, with their labels, for mlp update: 10000 serve most tables.", "rows");

    private readonly Option<bool> _isInModel =
        new("--replay-in-model") { Description = "Keeps them in the model's file instead: anyone who gets it gets them." };

    public void AddTo(Command command)
    {
        command.Add(_memory);
        command.Add(_isInModel);
    }

    public bool IsGiven(ParseResult result) => result.GetValue(_memory) is not null;

    /// <summary>Null for no memory.</summary>
    /// <exception cref="ToolException">The options make no sense, or there is no place for the file.</exception>
    public ReplayPlan? Read(ParseResult result, string modelPath)
    {
        int? count = result.GetValue(_memory);
        bool isInModel = result.GetValue(_isInModel);
        if (count is null)
            return !isInModel ? null : throw new ToolException(
                ExitCode.Usage, "--replay-in-model says where, and nothing how many rows are kept. Give --replay, too.");
        if (count < 0)
            throw new ToolException(ExitCode.Usage, $"--replay {count}: it must be at least 0.");
        var place = isInModel ? MlpReplayPlace.InModel : MlpReplayPlace.BesideModel;
        CheckPlace("--replay", place, modelPath);
        return new ReplayPlan(count.Value, place);
    }

    /// <exception cref="ToolException">The model goes through a pipe, and beside it is no place.</exception>
    public static void CheckPlace(string option, MlpReplayPlace place, string modelPath)
    {
        if (place == MlpReplayPlace.BesideModel && (modelPath == OutputFile.Standard || FileTarget.At(modelPath).IsStream))
        {
            throw new ToolException(
                ExitCode.Usage,
                $"{option}: the model goes to {modelPath}, beside which nothing can be kept. Give --out a file, or keep it in the model "
                    + "(--replay-in-model).");
        }
    }
}
