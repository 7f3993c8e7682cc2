using Mlp.Numerics;

namespace Mlp.MLNet;

/// <summary>Where the rows of a training are: in memory, or on disk when they do not fit.</summary>
/// <remarks>
/// <para>
/// On disk they are written once, as the training takes them, in a random order; the epochs read them from there, in blocks, a thread ahead
/// of the steps. That takes up to twice their size in <see cref="Directory"/> while they are written, and their size then; in memory some
/// tens of MB for each network that is trained. The files are in a folder mlp-rows-… that only its owner may read, and that is removed when
/// the training ends; after a kill, or with a <see cref="MlpOptions.Checkpoint"/> after any end but a good one, it stays for the next
/// training with the same data, options and <see cref="MlpOptions.Seed"/>, which goes on to the same bits.
/// </para>
/// <para>
/// Medians, quartiles, bins and curves come from a random sample of at least 200,000 rows, or 64 MB of them: a quantile's rank is good to
/// 0.5 % as it is for large tables in memory. Ranges, means of labels, weights of classes, missing values and counts of sparse slots are
/// those of all rows. Held-out rows are chosen by a hash of their number, not class by class. Validation data stays in memory.
/// </para>
/// </remarks>
public sealed record RowStore
{
    /// <summary>In memory where the rows fit; on disk otherwise.</summary>
    public static RowStore Auto { get; } = new();

    /// <summary>In memory; rows that do not fit are refused.</summary>
    public static RowStore Memory { get; } = new() { Place = RowStorePlace.Memory };

    /// <summary>On disk.</summary>
    public static RowStore Disk { get; } = new() { Place = RowStorePlace.Disk };

    /// <summary>Where the rows are. Default: Auto.</summary>
    public RowStorePlace Place { get; init; }

    /// <summary>An existing folder on a disk with room for twice the rows. Default: null, the folder for temporary files; on Linux
    /// /var/tmp, as /tmp is often in memory.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// What tells the state of the data from another, such as the name, size and time of its file. A training that finds rows on disk from
    /// one that was killed takes them where this is the same; where it is null it reads the data once more and compares. Default: null.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>"Auto", or "Disk in /data".</summary>
    public override string ToString() => Directory is null ? $"{Place}" : $"{Place} in {Directory}";

    /// <summary>Where rows go that do not stay in memory.</summary>
    internal string DirectoryOrDefault =>
        Directory ?? (OperatingSystem.IsLinux() && System.IO.Directory.Exists("/var/tmp") ? "/var/tmp" : Path.GetTempPath());

    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    internal void Validate()
    {
        RangeCheck.Defined(Place, of: nameof(RowStore));
        if (Directory is not null && !System.IO.Directory.Exists(Directory))
        {
            throw new ArgumentException(
                $"Directory of RowStore is '{Directory}', which is no folder. Make it, or name one that exists.", nameof(Directory));
        }
    }
}
