namespace Mlp.Tool.Output;

/// <summary>Ends a command with a one-line message about something that the user can correct.</summary>
internal sealed class ToolException(ExitCode exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;
}
