namespace Mlp.Tool.Output;

/// <summary>What the process tells the shell. The numbers are part of the command's interface.</summary>
internal enum ExitCode
{
    /// <summary>Everything was done.</summary>
    Success = 0,

    /// <summary>A table or a model cannot be used as it is.</summary>
    BadInput = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>The data is fine, but the work could not be done: the training diverged, there is too little memory, a file cannot be
    /// written.</summary>
    Failed = 3,

    /// <summary>An error of the command itself.</summary>
    InternalError = 4,

    /// <summary>Interrupted by Ctrl-C or SIGTERM. What was trained until then is saved.</summary>
    Interrupted = 130,
}
