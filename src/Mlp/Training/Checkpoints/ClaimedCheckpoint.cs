namespace Mlp.Training.Checkpoints;

/// <summary>A path for checkpoints that only one training uses, until this is disposed or the process ends.</summary>
internal sealed class ClaimedCheckpoint : IDisposable
{
    private readonly CheckpointLock? _held;

    internal ClaimedCheckpoint(Checkpoint checkpoint, CheckpointLock? held) => (Checkpoint, _held) = (checkpoint, held);

    /// <summary>For <see cref="TrainingSettings.Checkpoint"/>. Its path is absolute, with all links followed.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Lets other trainings use the path.</summary>
    public void Dispose() => _held?.Dispose();
}
