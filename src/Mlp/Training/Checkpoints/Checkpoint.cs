using Mlp.Numerics;
using Mlp.Training.Checkpoints;

namespace Mlp;

/// <summary>Where and how often a training saves its state, so that a later one can go on from there with the very same bits.</summary>
/// <param name="Path">
/// The file. It is replaced as a whole, and the one before it stays beside it as <c>Path.previous</c>; while one is written there is also
/// <c>Path.temporary</c>, and while a training runs <c>Path.lock</c>. Its folder must exist and let files be made. A training needs a path
/// of its own; those of an ensemble get <c>Path.0</c>, <c>Path.1</c> and so on, in the order in which they begin. Links are followed.
/// </param>
/// <remarks>
/// <para>
/// A training with a checkpoint begins where the file says, if there is one: the parameters at its end are, bit for bit, those of a
/// training that was never interrupted. A file that is damaged is passed over for the previous one, with a warning
/// (<see cref="TrainingSettings.WarningCallback"/>). A file of other rows, another network or other settings is refused with
/// <see cref="InvalidOperationException"/>, which names what differs; <see cref="TrainingSettings.NumberOfThreads"/>, callbacks and this
/// record may differ. <see cref="TrainingSettings.NumberOfEpochs"/> may differ as well, as long as the schedule does not depend on it:
/// a training that reached its last epoch goes on when it is given more.
/// </para>
/// <para>
/// Before any work begins the path is tried: one in a folder that does not exist or cannot be written to, or that is a folder or a device,
/// is refused with <see cref="ArgumentException"/>, and one that another training uses, of this process or of another, with
/// <see cref="InvalidOperationException"/>, which names the process. A killed process uses nothing. On file systems without locks, some
/// of which are in networks, no training is kept out.
/// </para>
/// <para>
/// The state is saved when <see cref="EveryEpochs"/> or <see cref="EverySeconds"/> says so, when the training is cancelled, and at its
/// end. The last file is kept: the same training started again returns at once with the same result. A training that diverges leaves
/// the last file with finite parameters. Where saving fails, because the disk is full or the folder may not be written to, training
/// goes on with a warning, one for all failures in a row.
/// </para>
/// <para>
/// At every moment, whether the process is killed or the machine loses power, there is an intact file under one of the two names: the
/// bytes are on the disk before the file gets its name. After a loss of power the newest name may be missing, if the file system had
/// not stored it yet; then the training goes on from the previous one.
/// </para>
/// </remarks>
public sealed record Checkpoint(string Path)
{
    private const double DefaultSeconds = 60;

    /// <summary>Saves after every so many epochs, at least 1. Default: null.</summary>
    public int? EveryEpochs { get; init; }

    /// <summary>
    /// Saves after the first step that ends so many seconds after the last file, positive. Default: null. With L-BFGS after an epoch.
    /// Where neither this nor <see cref="EveryEpochs"/> is set, 60.
    /// </summary>
    public double? EverySeconds { get; init; }

    /// <summary>Whether to go on from the file if there is one. Default: true. Otherwise the training begins anew and replaces
    /// it.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Name and values, whatever the culture.</summary>
    public override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    internal string LockPath => Path + ".lock";

    internal string PreviousPath => Path + ".previous";

    internal string TemporaryPath => Path + ".temporary";

    /// <summary>Seconds between files; infinite when only epochs count.</summary>
    internal double Interval => EverySeconds ?? (EveryEpochs is null ? DefaultSeconds : double.PositiveInfinity);

    /// <summary>The checkpoint of one of several trainings.</summary>
    internal Checkpoint ForJob(int job) => this with { Path = $"{Path}.{job}" };

    /// <summary>What a training holds that uses the path; null where none does.</summary>
    internal CheckpointLock? Lock { get; init; }

    /// <summary>
    /// Tries the path and keeps other trainings from it. A training does this itself when it begins; who has work to do before it, such as
    /// reading the rows, finds out earlier this way.
    /// </summary>
    /// <returns>Gives <see cref="ClaimedCheckpoint.Checkpoint"/> to the training; dispose it after the training.</returns>
    /// <exception cref="ArgumentException">No file can be written there.</exception>
    /// <exception cref="InvalidOperationException">Another training uses the path; the message names its process.</exception>
    internal ClaimedCheckpoint Claim()
    {
        Validate();
        if (Lock is { IsHeld: true })
            return new ClaimedCheckpoint(this, held: null);
        var target = FileTarget.At(Path);
        string? problem = target.IsStream ? "That is a device or a pipe. Give the name of a file." : target.FindProblem();
        if (problem is not null)
            throw new ArgumentException($"Checkpoint '{Path}' cannot be written. {problem}", nameof(Path));
        Checkpoint real = this with { Path = target.FullPath };
        CheckpointLock held = CheckpointLock.TryAcquire(real.LockPath) ?? throw new InvalidOperationException(
            $"Checkpoint '{Path}' is in use by {CheckpointLock.DescribeHolder(real.LockPath)}. Wait for it to end, or give this training "
                + "another path.");
        return new ClaimedCheckpoint(real with { Lock = held }, held);
    }

    internal void Validate()
    {
        if (string.IsNullOrEmpty(Path))
            throw new ArgumentException(
                $"Checkpoint.Path is {(Path is null ? "null" : "empty")}; give the path of a file in a folder that exists.", nameof(Path));
        RangeCheck.Require(EveryEpochs is null or >= 1, EveryEpochs, "at least 1");
        RangeCheck.Require(EverySeconds is null or > 0, EverySeconds, "positive");
    }
}
