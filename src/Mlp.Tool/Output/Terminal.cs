using Spectre.Console;

namespace Mlp.Tool.Output;

/// <summary>Where a command writes: results to standard output, messages and the progress bar to standard error.</summary>
/// <remarks>
/// No colour and no bar if the writer is not a terminal or NO_COLOR is set. Texts come from files, so control characters, which could
/// control a terminal, are replaced.
/// </remarks>
internal sealed class Terminal
{
    private readonly TextWriter _out, _error;
    private readonly IAnsiConsole? _outColors, _errorColors;
    private readonly List<(string Path, string Title)> _titles = [];
    private bool _isOutputTaken;

    /// <param name="output">Results: standard output.</param>
    /// <param name="error">Messages: standard error.</param>
    /// <param name="outputIsTerminal">Whether results may be coloured.</param>
    /// <param name="errorIsTerminal">Whether messages may be coloured, and a progress bar may be shown.</param>
    public Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal)
    {
        (_out, _error) = (output, error);
        _outColors = outputIsTerminal ? Colors(output) : null;
        _errorColors = errorIsTerminal ? Colors(error) : null;
    }

    /// <summary>Standard output as it is.</summary>
    public TextWriter Out => _out;

    /// <summary>Standard error as it is.</summary>
    public TextWriter ErrorWriter => _error;

    /// <summary>Nothing goes to standard output but one JSON document at the end.</summary>
    public bool IsJson { get; set; }

    /// <summary>Nothing but the result itself, and errors.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Nothing but errors: another process tells the rest.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The error that ends the command is told already.</summary>
    public bool IsErrorTold { get; set; }

    /// <summary>Whether the command works until it is interrupted, as a server does.</summary>
    public bool EndsByInterruption { get; set; }

    /// <summary>Where a progress bar may be shown, or null.</summary>
    public IAnsiConsole? ProgressConsole => IsQuiet || IsSilent ? null : _errorColors;

    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess()
    {
        bool mayColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, mayColor && !Console.IsOutputRedirected, mayColor && !Console.IsErrorRedirected);
    }

    private TextWriter Details => _isOutputTaken ? _error : _out;

    /// <summary>Sends results to standard error from now on, because standard output is a file that the command writes.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">Null, and any path that is not standard output, changes nothing.</param>
    /// <exception cref="ToolException">The JSON document is to be there.</exception>
    public void LeaveOutputTo(string option, string? path)
    {
        if (!OutputFile.IsStandardOutput(path))
            return;
        if (IsJson)
            throw new ToolException(
                ExitCode.Usage, $"--json and {option} {path} both write to standard output. Give {option} a file, or leave --json out.");
        _isOutputTaken = true;
    }

    /// <summary>Calls a temporary file in all messages what the user called it.</summary>
    public void Rename(string path, string title)
    {
        if (path != title)
            _titles.Add((path, title));
    }

    /// <summary>A text in which temporary files have the user's names.</summary>
    public string Renamed(string text) =>
        _titles.Aggregate(text, (renamed, title) => renamed.Replace(title.Path, title.Title, StringComparison.Ordinal));

    /// <summary>On one line: line ends become blanks, other control characters question marks.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl)
        ? string.Concat(text.Select(character => character is '\r' or '\n' ? ' ' : char.IsControl(character) ? '?' : character)) : text;

    /// <summary>A line with a detail of the work.</summary>
    public void Detail(string text = "")
    {
        if (!IsQuiet && !IsJson && !IsSilent)
            Details.WriteLine(Line(text));
    }

    /// <summary>The line above a part of the details.</summary>
    public void Heading(string text)
    {
        if (IsQuiet || IsJson || IsSilent)
            return;
        Details.WriteLine();
        IAnsiConsole? colors = _isOutputTaken ? _errorColors : _outColors;
        if (colors is null)
            Details.WriteLine(Line(text));
        else
            colors.MarkupLine($"[bold]{Markup.Escape(Line(text))}[/]");
    }

    /// <summary>A line of the result.</summary>
    public void Result(string text = "")
    {
        if (!IsJson && !IsSilent)
            Details.WriteLine(Line(text));
    }

    public void Json(string document)
    {
        if (!IsSilent)
            _out.WriteLine(Renamed(document));
    }

    /// <summary>A message about a problem that does not stop the work.</summary>
    public void Warning(string text)
    {
        if (!IsQuiet && !IsSilent)
            Message("warning: ", "yellow", text);
    }

    /// <summary>Says that an interruption was heard, and what comes of it.</summary>
    public void SayInterrupted()
    {
        if (EndsByInterruption)
            Detail("Stopping.");
        else
            Warning("interrupted; ending with what there is so far. Press Ctrl-C again to end at once.");
    }

    public void Error(string text) => Message("mlp: ", "red", text);

    /// <summary>A message as it is, with its lines.</summary>
    public void Trace(string text) => _error.WriteLine(text);

    private string Line(string text) => Printable(Renamed(text));

    private void Message(string prefix, string color, string text)
    {
        if (_errorColors is null)
            _error.WriteLine(prefix + Line(text));
        else
            _errorColors.MarkupLine($"[{color}]{prefix}[/]{Markup.Escape(Line(text))}");
    }

    private static IAnsiConsole Colors(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
