namespace Mlp.Tool.Output;

/// <summary>What a trainer throws, as the command reports it.</summary>
internal static class TrainerErrors
{
    /// <summary>The error for rows and columns that the trainer cannot learn from, and for too little memory.</summary>
    public static ToolException Of(InvalidOperationException exception) => new(
        exception is NotEnoughMemoryException ? ExitCode.Failed : ExitCode.BadInput, ToolWords.Of(exception.Message), exception);

    /// <summary>The error for what the trainer was asked for.</summary>
    /// <param name="exception">Its message ends with the name of a parameter, which means nothing to the user of an option.</param>
    /// <param name="exitCode">What the command ends with.</param>
    public static ToolException Of(ArgumentException exception, ExitCode exitCode)
    {
        int end = exception.Message.LastIndexOf($" (Parameter '{exception.ParamName}')", StringComparison.Ordinal);
        return new ToolException(exitCode, ToolWords.Of(end < 0 ? exception.Message : exception.Message[..end]), exception);
    }
}
