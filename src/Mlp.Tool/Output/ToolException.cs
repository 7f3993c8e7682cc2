namespace Mlp.Tool.Output;

/// <summary>Ends a command with one line for the user, who can do something about it.</summary>
internal sealed class ToolException(ExitCode exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;
}
