using System.Diagnostics;
using Mlp.Models.Files;
using Mlp.State;

namespace Mlp.Training.Checkpoints;

/// <summary>Saves the state of one training when it is time, and finds it again.</summary>
internal sealed class CheckpointKeeper
{
    private readonly Checkpoint _checkpoint;
    private readonly TrainingIdentity _identity;
    private readonly ICheckpointed _state;
    private readonly Action<string>? _warn;
    private long _lastSaved = Stopwatch.GetTimestamp();
    private bool _newestIsIntact, _hasFailed;

    public CheckpointKeeper(Checkpoint checkpoint, TrainingIdentity identity, ICheckpointed state, Action<string>? warn)
    {
        // The current folder may change during a training, and where a link leads.
        _checkpoint = checkpoint with { Path = RealPath.Of(checkpoint.Path).Path };
        (_identity, _state, _warn) = (identity, state, warn);
    }

    /// <summary>Whether so many seconds have passed since the last file that another one is due.</summary>
    public bool IsTime => Stopwatch.GetElapsedTime(_lastSaved).TotalSeconds >= _checkpoint.Interval;

    /// <summary>Whether a file is due after an epoch.</summary>
    public bool IsTimeAfter(int epoch) => epoch % _checkpoint.EveryEpochs == 0 || IsTime;

    /// <summary>Replaces the state by the saved one, if there is one.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">The file is that of another training.</exception>
    /// <exception cref="ModelFileException">There are files, but none is intact.</exception>
    public bool Resume()
    {
        // What a killed process left.
        DeleteTemporary();
        if (!_checkpoint.Resume)
            return false;
        string[] candidates = [.. new[] { _checkpoint.Path, _checkpoint.PreviousPath }.Where(File.Exists)];
        for (int index = 0; index < candidates.Length; index++)
        {
            try
            {
                Read(candidates[index]);
                _newestIsIntact = candidates[index] == _checkpoint.Path;
                return true;
            }
            catch (Exception exception) when (exception is ModelFileException or IOException && index + 1 < candidates.Length)
            {
                _warn?.Invoke(
                    $"Checkpoint '{candidates[index]}' cannot be read: {exception.Message} The training goes on from the one before, "
                        + $"'{candidates[index + 1]}'.");
            }
        }
        return false;
    }

    /// <summary>Saves the state; a failure ends in a warning.</summary>
    public void Save()
    {
        try
        {
            Write();
            _hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteTemporary();
            if (!_hasFailed)
            {
                _warn?.Invoke(
                    $"Checkpoint '{_checkpoint.Path}' could not be written: {exception.Message} The training goes on and tries again "
                        + "when the next one is due.");
            }
            _hasFailed = true;
        }
        _lastSaved = Stopwatch.GetTimestamp();
    }

    private void Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            CheckpointFile.Read(stream, _identity, _state);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException(
                $"Checkpoint '{path}' belongs to another training: {exception.Message} Give another path, delete the file, or set "
                    + "Checkpoint.Resume to false.");
        }
        catch (ModelFileException exception) when (path == _checkpoint.PreviousPath || !File.Exists(_checkpoint.PreviousPath))
        {
            throw new ModelFileException(
                $"Checkpoint '{path}' cannot be read, and there is no other one: {exception.Message} Set Checkpoint.Resume to false to "
                    + "begin anew.",
                exception.Position,
                exception);
        }
    }

    private void Write()
    {
        using (var stream = new FileStream(
            _checkpoint.TemporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
        {
            CheckpointFile.Write(stream, _identity, _state);
            stream.Flush(flushToDisk: true);
        }
        // Between the two there is the previous one. A damaged file must not become it.
        if (_newestIsIntact && File.Exists(_checkpoint.Path))
            File.Move(_checkpoint.Path, _checkpoint.PreviousPath, overwrite: true);
        _newestIsIntact = false;
        File.Move(_checkpoint.TemporaryPath, _checkpoint.Path, overwrite: true);
        _newestIsIntact = true;
    }

    private void DeleteTemporary()
    {
        try
        {
            File.Delete(_checkpoint.TemporaryPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is the trouble that is being reported already.
        }
    }
}
