using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.Json.Nodes;
using Mlp.Mpi;
using Mlp.Tables;
using Mlp.Tool.Commands;
using Mlp.Tool.Output;

namespace Mlp.Tool;

/// <summary>Maps arguments to a command, and its outcome to an exit code and a message.</summary>
internal sealed class CommandLine
{
    private const string ExitCodes = """


        Exit codes:
          0    done
          1    a table or a model cannot be used as it is
          2    the command line makes no sense
          3    the work failed: training diverged, too little memory, a file cannot be written
          4    an error of mlp itself
          5    done, but the model is no better than a guess from the labels alone
          130  interrupted; a network that was trained until then is saved
        """;

    private readonly Option<bool> _json =
        new("--json") { Description = "One JSON document on standard output, nothing else on it.", Recursive = true };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Only the result, and errors.", Recursive = true };

    private readonly Option<bool> _debug =
        new("--debug") { Description = "With an error, where in the program it arose.", Recursive = true };

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly RootCommand _root;
    private ExitCode _exitCode = ExitCode.Success;

    private CommandLine(Terminal terminal, CancellationToken cancellationToken)
    {
        (_terminal, _cancellationToken) = (terminal, cancellationToken);
        _root = new RootCommand("Neural networks for any CSV file: train one, judge it, use it.") { _json, _quiet, _debug };
        foreach (ToolCommand command in (ToolCommand[])[
            new TrainCommand(), new UpdateCommand(), new JoinCommand(), new EvaluateCommand(), new CompareCommand(), new PredictCommand(),
            new ServeCommand(), new DistillCommand(), new ExportCommand(), new InspectCommand()])
        {
            command.Definition.SetAction(result => Guard(command, result));
            _root.Add(command.Definition);
        }
    }

    /// <summary>Runs one command.</summary>
    /// <param name="args">Without the program's name.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="cancellationToken">Asks the command to stop and to keep its results so far.</param>
    public static ExitCode Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken) =>
        new CommandLine(terminal, cancellationToken).Run(args);

    private ExitCode Run(IReadOnlyList<string> args)
    {
        ParseResult parsed = _root.Parse(args);
        // In the help of the command that is asked for, but not in the list of commands.
        parsed.CommandResult.Command.Description += ExitCodes;
        string? misspelling = Misspelling.Find(parsed, args);
        if (parsed.Action is not ParseErrorAction && misspelling is null)
        {
            parsed.Invoke(new InvocationConfiguration
            {
                Output = _terminal.Out,
                Error = _terminal.ErrorWriter,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null
            });
            return _exitCode;
        }
        _terminal.IsJson = args.Contains("--json");
        string? command = parsed.CommandResult.Command is RootCommand ? null : parsed.CommandResult.Command.Name;
        string message = misspelling ?? string.Join(" ", parsed.Errors.Select(error => error.Message));
        _terminal.Error($"{message} See: mlp {command}{(command is null ? "" : " ")}--help");
        if (_terminal.IsJson)
            WriteJson(new JsonObject { ["command"] = command }, ExitCode.Usage, message);
        return ExitCode.Usage;
    }

    /// <summary>Runs a command; whatever it throws becomes a line, an exit code and, if asked for, the JSON document.</summary>
    private void Guard(ToolCommand command, ParseResult result)
    {
        _terminal.IsJson = result.GetValue(_json);
        _terminal.IsQuiet = result.GetValue(_quiet);
        var document = new JsonObject { ["command"] = command.Definition.Name };
        string? error = null;
        try
        {
            _exitCode = command.Run(result, _terminal, document, _cancellationToken);
        }
        // The last place where an exception can be reported to the user; it must catch all.
        catch (Exception exception)
        {
            (_exitCode, error) = Describe(exception);
            // Of a rank, the reason was told as soon as it was known.
            if (!_terminal.IsErrorTold)
                _terminal.Error(error);
            if (result.GetValue(_debug))
                _terminal.Trace(exception.ToString());
        }
        if (_terminal.IsJson)
            WriteJson(document, _exitCode, error);
    }

    private static (ExitCode Code, string Message) Describe(Exception exception) => exception switch
    {
        ToolException tool => (tool.ExitCode, tool.Message),
        TableException table => (ExitCode.BadInput, table.Message),
        OperationCanceledException => (ExitCode.Interrupted, "Interrupted before there was anything to keep; nothing was written."),
        RankFailedException or MpiException => (ExitCode.Failed, exception.Message),
        TrainingDivergedException diverged => (ExitCode.Failed, ToolWords.Of(diverged.Message)),
        ModelFileException file => (ExitCode.BadInput, ToolWords.Of(file.Message)),
        OutOfMemoryException memory => (ExitCode.Failed, ToolWords.Of(memory.Message)),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, exception.Message),
        // ML.NET can compute ahead in other threads, and wraps the exceptions that they throw.
        InvalidOperationException { InnerException: { } inner } => Describe(inner),
        _ => (ExitCode.InternalError,
            $"{exception.GetType().Name}: {exception.Message} That is an error of mlp itself; --debug says where it arose."),
    };

    private void WriteJson(JsonObject document, ExitCode exitCode, string? error)
    {
        document["exitCode"] = (int)exitCode;
        document["error"] = error;
        _terminal.Json(Json.Format(document));
    }
}
