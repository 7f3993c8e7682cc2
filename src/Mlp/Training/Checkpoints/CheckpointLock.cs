using System.Diagnostics;

namespace Mlp.Training.Checkpoints;

/// <summary>
/// Keeps a second training from the files of a first one: a file that is locked for as long as the training runs, and that the system
/// unlocks when the process ends, however it ends.
/// </summary>
internal sealed class CheckpointLock : IDisposable
{
    // A locked file cannot be read, but its length can be seen: this and the number of the process that locked it.
    private const long Released = 1;

    // A file that is in use now and gone then was given back in between; more often than this in a row it is another error of the file
    // system.
    private const int MostTries = 1_000;

    private readonly FileStream _file;

    private CheckpointLock(FileStream file) => _file = file;

    public bool IsHeld { get; private set; } = true;

    /// <param name="path">Of the lock's file, without links; made if there is none.</param>
    /// <returns>Null when another training holds it.</returns>
    public static CheckpointLock? TryAcquire(string path)
    {
        for (int tries = 1; ; tries++)
        {
            FileStream file;
            try
            {
                // Windows deletes an open file only where that is shared; elsewhere sharing anything would not lock it.
                file = new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.Write, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(path))
            {
                return null;
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && tries < MostTries)
            {
                continue;
            }
            if (file.Length != Released)
            {
                file.SetLength(Released + Environment.ProcessId);
                return new CheckpointLock(file);
            }
            // Deleted between our opening and our locking it: there is another one of that name by now, or none.
            file.Dispose();
        }
    }

    /// <summary>Who holds the lock, in words.</summary>
    public static string DescribeHolder(string path)
    {
        var file = new FileInfo(path);
        int processId = file.Exists ? (int)(file.Length - Released) : 0;
        if (processId == Environment.ProcessId)
            return "another training of this process";
        if (processId <= 0)
            return "another process";
        try
        {
            using var process = Process.GetProcessById(processId);
            return $"process {processId} ({process.ProcessName})";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // Of another container or machine, or it has just ended.
            return $"process {processId}";
        }
    }

    public void Dispose()
    {
        if (!IsHeld)
            return;
        IsHeld = false;
        using FileStream file = _file;
        file.SetLength(Released);
        try
        {
            File.Delete(file.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder went away during the training; or the file stays, and the next training takes it.
            file.SetLength(0);
        }
    }
}
