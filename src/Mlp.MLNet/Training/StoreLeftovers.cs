using System.Text.RegularExpressions;
using Mlp.Data.Stores;
using Mlp.Training.Checkpoints;

namespace Mlp.MLNet.Training;

/// <summary>Rows on disk that killed trainings have left.</summary>
internal static partial class StoreLeftovers
{
    /// <summary>Removes those in a directory that no training uses and no checkpoint will come back for.</summary>
    /// <param name="directory">Of row stores.</param>
    /// <param name="own">The store that the caller holds; it stays.</param>
    /// <param name="log">Says what was removed.</param>
    /// <remarks>A training holds the lock of its store for as long as its process runs, so a process that gets the lock knows that no
    /// other uses the store.</remarks>
    public static void Remove(string directory, StoreFolder own, TrainingLog log)
    {
        foreach (string path in Directory.EnumerateDirectories(directory, StoreFolder.NamePrefix + "*"))
        {
            // A link is none of ours, and neither is what it leads to.
            if (path != own.Path && Name().IsMatch(Path.GetFileName(path)) && new DirectoryInfo(path).LinkTarget is null)
                RemoveUnused(new StoreFolder(path), log);
        }
    }

    private static void RemoveUnused(StoreFolder folder, TrainingLog log)
    {
        try
        {
            using var held = CheckpointLock.TryAcquire(folder.LockPath);
            if (held is null || folder.HasCheckpoint)
                return;
            folder.Delete();
            log.Info($"'{folder.Path}', rows that a training left that was killed, is removed.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It may belong to another user, and does no harm.
            log.Info($"'{folder.Path}', rows that a training left that was killed, cannot be removed: {exception.Message}");
        }
    }

    [GeneratedRegex(@"^mlp-rows-[0-9a-f]{16}(-[0-9]{1,2})?$")]
    private static partial Regex Name();
}
