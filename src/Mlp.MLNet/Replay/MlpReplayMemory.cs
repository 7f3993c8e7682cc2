using Mlp.MLNet.Replay;
using Mlp.Optimizers;

namespace Mlp.MLNet;

/// <summary>What a model that is to learn on keeps of its training beside itself: some of its rows, how its columns were distributed, and
/// what the optimizers knew.</summary>
/// <remarks>
/// <para>
/// It holds <b>rows of the training as they were</b>: scaled by nothing, labels included. Anyone who has the file can read them. Where rows
/// must not leave their place, keep none (<see cref="MlpOptions.ReplayRowCount"/> of 0): then the memory holds counts and the optimizers'
/// state alone.
/// </para>
/// <para>
/// The rows are a random sample of all rows so far, each with the same probability (Vitter 1985, Algorithm R): an update replaces some of
/// the old ones by new ones. They never leave the size that was asked for.
/// </para>
/// </remarks>
public sealed class MlpReplayMemory
{
    internal MlpReplayMemory(string fingerprint, long rowsSeen, Reservoir rows, ColumnHistogram[] columns, OptimizerMoments?[] moments) =>
        (Fingerprint, RowsSeen, Rows, Columns, Moments) = (fingerprint, rowsSeen, rows, columns, moments);

    /// <summary>The fingerprint of the model that the memory belongs to (<see cref="MlpTransformerBase.Fingerprint"/>). No other model
    /// takes it.</summary>
    public string Fingerprint { get; }

    /// <summary>Rows that the model was trained on, in its first training and in all updates, each counted once.</summary>
    public long RowsSeen { get; }

    /// <summary>Rows that are kept.</summary>
    public int RowCount => Rows.RowCount;

    /// <summary>Rows that are kept at most.</summary>
    public int Capacity => Rows.Capacity;

    internal Reservoir Rows { get; }

    /// <summary>How the columns of all rows so far were distributed, the label's last.</summary>
    internal ColumnHistogram[] Columns { get; }

    /// <summary>What the optimizer of each network of the model knew in the end.</summary>
    internal OptimizerMoments?[] Moments { get; }

    /// <summary>The epoch that the networks were best after in the first training, in the mean.</summary>
    internal double FirstBestEpoch { get; init; }

    /// <summary>Reads a memory that <see cref="Save(Stream)"/> wrote.</summary>
    /// <param name="stream">Seekable, read from its position to its end; not closed. It is not trusted.</param>
    /// <exception cref="ModelFileException">It is not an intact memory; the message says where and why.</exception>
    public static MlpReplayMemory Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ReplayFile.Read(stream);
    }

    /// <inheritdoc cref="Load(Stream)"/>
    /// <param name="path">Of the file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MlpReplayMemory Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        return Load(file);
    }

    /// <summary>Writes the memory, rows included. Reading it gives the same.</summary>
    /// <param name="stream">Written to at its position; not closed.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ReplayFile.Write(stream, this);
    }

    /// <inheritdoc cref="Save(Stream)"/>
    /// <param name="path">Of the file; one that is there is replaced, and only when the new one is complete (see
    /// <see cref="FileTarget"/>).</param>
    /// <exception cref="IOException">It cannot be written. An older file is there as it was.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileTarget.Write(path, Save);
    }
}
