using Mlp.Models.Files;

namespace Mlp;

/// <summary>A place that a file is to be written to: looked at before the work begins, written whole or not at all in the end.</summary>
/// <remarks>
/// <para>
/// A file is written under another name in the same folder, forced to the disk, and then renamed. Whenever the process is killed, there is
/// the old file or the new one. What a killed process left under the other name is deleted by the next one that writes the same file. A
/// file that is replaced gives its permissions to the new one.
/// </para>
/// <para>
/// Links are followed: the file that they lead to is written, and they stay. Devices, named pipes and open files of this process
/// (<c>/dev/stdout</c>) are written as streams, from the first byte on.
/// </para>
/// </remarks>
public sealed class FileTarget
{
    private const int BufferBytes = 1 << 16, StandardOutput = 1, StandardError = 2;

    private readonly RealPath? _real;
    private readonly string? _problem;

    private FileTarget(string path)
    {
        GivenPath = path;
        if (path.Length == 0)
            _problem = "The name is empty. Give the path of a file.";
        else if (path.Contains('\0', StringComparison.Ordinal))
            _problem = "The name has a character NUL in it. Give the path of a file.";
        if (_problem is not null)
            return;
        try
        {
            _real = RealPath.Of(path);
            IsStream = _real.IsOpenFile || SpecialFile.IsAt(_real.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _problem = $"{exception.Message} Give another path.";
        }
    }

    /// <summary>The path as it was given.</summary>
    public string GivenPath { get; }

    /// <summary>The absolute path, with all links followed; as it was given where that leads nowhere.</summary>
    public string FullPath => _real?.Path ?? GivenPath;

    /// <summary>Whether it is a device, a pipe or an open file, which is written from the first byte on and cannot be replaced.</summary>
    public bool IsStream { get; }

    /// <summary>Whether what is written there goes to the standard output of this process, as with <c>/dev/stdout</c>.</summary>
    public bool IsStandardOutput => _real?.Descriptor == StandardOutput;

    /// <summary>Finds out where a path leads. Nothing is opened or made.</summary>
    /// <param name="path">Of a file that need not exist.</param>
    public static FileTarget At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new FileTarget(path);
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="write">Gets an empty stream, which it must not close; it can be sought in unless it is a device or a pipe.</param>
    /// <exception cref="IOException">It cannot be written. An older file is there as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write) => At(path).Write(write);

    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public void Write(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if ((_problem ?? FindFolder()) is string problem)
            throw new IOException($"'{GivenPath}' cannot be written. {problem}");
        if (IsStream)
        {
            using Stream stream = Open(_real!);
            using var buffer = new BufferedStream(stream, BufferBytes);
            write(buffer);
            return;
        }
        TemporaryFile.DeleteLeft(FullPath);
        bool isDone = false;
        using FileStream file = TemporaryFile.Create(FullPath);
        try
        {
            if (!OperatingSystem.IsWindows() && File.Exists(FullPath))
                File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(FullPath));
            write(file);
            file.Flush(flushToDisk: true);
            File.Move(file.Name, FullPath, overwrite: true);
            isDone = true;
        }
        finally
        {
            if (!isDone)
                File.Delete(file.Name);
        }
    }

    /// <summary>Why no file can be written there, in a sentence or two; null when nothing speaks against it. The folder must exist and let
    /// a file be made, which is tried with another name, and a file that is there must let itself be written.</summary>
    public string? FindProblem()
    {
        if ((_problem ?? FindFolder()) is string problem)
            return problem;
        if (IsStream)
            return null;
        try
        {
            if (File.Exists(FullPath))
                File.OpenHandle(FullPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            using FileStream trial = TemporaryFile.Create(FullPath);
            File.Delete(trial.Name);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{exception.Message} Give another path, or make it writable.";
        }
    }

    /// <summary>Where a folder is missing, or in the way.</summary>
    private string? FindFolder()
    {
        if (Path.EndsInDirectorySeparator(GivenPath) || Directory.Exists(FullPath))
            return "That is a folder. Give the name of a file.";
        string? folder = Path.GetDirectoryName(FullPath);
        return IsStream || Directory.Exists(folder) ? null : $"There is no folder '{folder}'. Create it first.";
    }

    private static Stream Open(RealPath real) => real.Descriptor switch
    {
        // These go on where others have written, and others go on after them.
        StandardOutput => Console.OpenStandardOutput(),
        StandardError => Console.OpenStandardError(),
        _ => new FileStream(
            real.Path, real.IsOpenFile ? FileMode.Append : FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
    };
}
