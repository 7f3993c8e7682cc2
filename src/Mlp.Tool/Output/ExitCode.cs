namespace Mlp.Tool.Output;

/// <summary>The exit codes of the process. The numbers are part of the command's interface.</summary>
internal enum ExitCode
{
    /// <summary>Everything was done.</summary>
    Success = 0,

    /// <summary>A table or a model cannot be used as it is.</summary>
    BadInput = 1,

    /// <summary>The command line is not valid.</summary>
    Usage = 2,

    /// <summary>The data is fine, but the work could not be done: the training diverged, there is too little memory, a file cannot be
    /// written.</summary>
    Failed = 3,

    /// <summary>An error of the command itself.</summary>
    InternalError = 4,

    /// <summary>Everything was done, but the model is no better than a guess.</summary>
    NoBetterThanGuess = 5,

    /// <summary>Interrupted by Ctrl-C or SIGTERM. What was trained so far is saved.</summary>
    Interrupted = 130,
}
