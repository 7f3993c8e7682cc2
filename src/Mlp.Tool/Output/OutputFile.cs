namespace Mlp.Tool.Output;

/// <summary>Files that are there whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file beside its place and then moves it there; an older file of that name is replaced.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="write">Writes the file whose path it is given.</param>
    /// <exception cref="ToolException">It cannot be written; nothing is left behind.</exception>
    public static void Write(string path, Action<string> write)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Failed, $"Cannot write '{path}': {exception.Message} Give another path, or make room.", exception);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Refuses a path before the work begins that could only fail after it.</summary>
    /// <param name="option">That gave the path, for the message.</param>
    /// <param name="path">Null is fine.</param>
    /// <param name="others">The command's other files, which it must not replace; nulls do not count.</param>
    /// <exception cref="ToolException">Its folder does not exist, it is a folder, or it is one of the others.</exception>
    public static void Check(string option, string? path, params ReadOnlySpan<string?> others)
    {
        if (path is null)
            return;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(folder))
            throw new ToolException(ExitCode.Usage, $"{option} {path}: there is no folder '{folder}'. Create it first.");
        if (Directory.Exists(path))
            throw new ToolException(ExitCode.Usage, $"{option} {path}: that is a folder. Give the name of a file.");
        foreach (string? other in others)
        {
            if (other is not null && Path.GetFullPath(other) == Path.GetFullPath(path))
                throw new ToolException(ExitCode.Usage, $"{option} {path}: the command reads that file, or writes it for another option. Give another name.");
        }
    }
}
