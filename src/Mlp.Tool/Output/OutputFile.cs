namespace Mlp.Tool.Output;

/// <summary>The files that commands write. An ordinary file is written completely or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Standard output, or standard input, in place of a file.</summary>
    public const string Standard = "-";

    private const string IsTaken = "the command reads that file, or writes it for another option. Give another name.";

    /// <summary>Whether what is written there goes to standard output.</summary>
    public static bool IsStandardOutput(string? path) => path == Standard || (path is not null && FileTarget.At(path).IsStandardOutput);

    /// <summary>What messages call it.</summary>
    public static string NameOf(string path) => path == Standard ? "standard output" : path;

    /// <summary>Writes a file; an older one of that name is replaced when the new one is complete.</summary>
    /// <param name="path">Its place, or "-".</param>
    /// <param name="write">Gets an empty stream, which it must not close.</param>
    /// <exception cref="ToolException">It cannot be written; an older file is there as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            if (path == Standard)
            {
                using Stream output = Console.OpenStandardOutput();
                using var buffer = new BufferedStream(output, bufferSize: 1 << 16);
                write(buffer);
            }
            else
                FileTarget.Write(path, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                ExitCode.Failed, $"Cannot write '{path}': {exception.Message} Give another path, or make room.", exception);
        }
    }

    /// <summary>" (158 KB)" of a file that was written; nothing where it went through a pipe.</summary>
    public static string SizeOf(string path) =>
        path == Standard || FileTarget.At(path).IsStream ? "" : $" ({Figures.Bytes(new FileInfo(path).Length)})";

    /// <summary>Checks a path before the work begins, so that writing does not fail after it.</summary>
    /// <param name="option">The option that gave the path, for the message.</param>
    /// <param name="path">Null is fine.</param>
    /// <param name="inputs">What the command reads and must not replace; nulls do not count.</param>
    /// <param name="outputs">What it writes for other options; nulls do not count.</param>
    /// <exception cref="ToolException">Nothing can be written there, or it is one of the others.</exception>
    public static void Check(string option, string? path, ReadOnlySpan<string?> inputs, ReadOnlySpan<string?> outputs)
    {
        if (path is null)
            return;
        bool isOutput = IsStandardOutput(path);
        var target = FileTarget.At(path);
        foreach (string? other in outputs)
        {
            if (other is not null && (isOutput ? IsStandardOutput(other) : IsSameFile(target, other)))
                throw new ToolException(ExitCode.Usage, $"{option} {path}: {IsTaken}");
        }
        if (isOutput)
            return;
        foreach (string? input in inputs)
        {
            if (input is not null && IsSameFile(target, input))
                throw new ToolException(ExitCode.Usage, $"{option} {path}: {IsTaken}");
        }
        if (target.FindProblem() is string problem)
            throw new ToolException(ExitCode.Failed, $"{option} {path}: {char.ToLowerInvariant(problem[0])}{problem[1..]}");
    }

    /// <summary>Links are followed. A path that is not an ordinary file can be both: nothing of it is lost.</summary>
    private static bool IsSameFile(FileTarget target, string other) =>
        !target.IsStream && other != Standard && string.Equals(
            target.FullPath, FileTarget.At(other).FullPath,
            OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
