using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.Json.Nodes;
using Mlp.Tool.Commands;
using Mlp.Tool.Output;
using Mlp.Tool.Tables;

namespace Mlp.Tool;

/// <summary>Arguments → a command, its exit code, and what is said when it fails.</summary>
internal static class CommandLine
{
    private const string ExitCodes = """


        Exit codes:
          0    done
          1    a table or a model cannot be used as it is
          2    the command line makes no sense
          3    the work failed: training diverged, too little memory, a file cannot be written
          4    an error of mlp itself
          130  interrupted; a network that was trained until then is saved
        """;

    private static readonly Option<bool> JsonOption = new("--json") { Description = "One JSON document on standard output, nothing else on it.", Recursive = true };

    private static readonly Option<bool> QuietOption = new("--quiet", "-q") { Description = "Only the result, and errors.", Recursive = true };

    private static readonly Option<bool> DebugOption = new("--debug") { Description = "With an error, where in the program it arose.", Recursive = true };

    /// <summary>Runs one command.</summary>
    /// <param name="args">Without the program's name.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="cancellationToken">Asks it to end with what it has.</param>
    public static ExitCode Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        ExitCode exitCode = ExitCode.Success;
        RootCommand root = new("Neural networks for any CSV file: train one, judge it, use it." + ExitCodes) { JsonOption, QuietOption, DebugOption };
        foreach (ToolCommand command in (ToolCommand[])[new TrainCommand(), new EvaluateCommand(), new PredictCommand(), new ExportCommand(), new InspectCommand()])
        {
            command.Definition.Description += ExitCodes;
            command.Definition.SetAction(result => exitCode = Guard(command, result, terminal, cancellationToken));
            root.Add(command.Definition);
        }

        ParseResult parsed = root.Parse(args);
        terminal.IsJson = args.Contains("--json");
        if (parsed.Action is not ParseErrorAction)
        {
            parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.ErrorWriter, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return exitCode;
        }
        string message = string.Join(" ", parsed.Errors.Select(error => error.Message));
        terminal.Error($"{message} See: mlp {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help");
        if (terminal.IsJson)
            WriteJson(terminal, new JsonObject { ["command"] = parsed.CommandResult.Command is RootCommand ? null : parsed.CommandResult.Command.Name }, ExitCode.Usage, message);
        return ExitCode.Usage;
    }

    /// <summary>Runs a command; whatever it throws becomes a line, an exit code and, if asked for, the JSON document.</summary>
    private static ExitCode Guard(ToolCommand command, ParseResult result, Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.IsJson = result.GetValue(JsonOption);
        terminal.IsQuiet = result.GetValue(QuietOption);
        var document = new JsonObject { ["command"] = command.Definition.Name };
        ExitCode exitCode;
        string? error = null;
        try
        {
            exitCode = command.Run(result, terminal, document, cancellationToken);
        }
        // The last place where an exception can be told to the user; none is lost.
        catch (Exception exception)
        {
            (exitCode, error) = Describe(exception);
            terminal.Error(error);
            if (result.GetValue(DebugOption))
                terminal.Trace(exception.ToString());
        }
        if (terminal.IsJson)
            WriteJson(terminal, document, exitCode, error);
        return exitCode;
    }

    private static (ExitCode Code, string Message) Describe(Exception exception) => exception switch
    {
        ToolException tool => (tool.ExitCode, tool.Message),
        TableException table => (ExitCode.BadInput, table.Message),
        OperationCanceledException => (ExitCode.Interrupted, "Interrupted before there was anything to keep; nothing was written."),
        TrainingDivergedException diverged => (ExitCode.Failed, diverged.Message),
        OutOfMemoryException memory => (ExitCode.Failed, memory.Message),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, exception.Message),
        // ML.NET may compute ahead in other threads, and wraps what they throw.
        InvalidOperationException { InnerException: { } inner } => Describe(inner),
        _ => (ExitCode.InternalError, $"{exception.GetType().Name}: {exception.Message} That is an error of mlp itself; --debug says where it arose."),
    };

    private static void WriteJson(Terminal terminal, JsonObject document, ExitCode exitCode, string? error)
    {
        document["exitCode"] = (int)exitCode;
        document["error"] = error;
        terminal.Json(Json.Format(document));
    }
}
