using Mlp.State;

namespace Mlp.Training.Checkpoints;

/// <summary>Reads and writes the state of a training.</summary>
/// <remarks>
/// <para>All numbers are little-endian.</para>
/// <code>
/// header    8 bytes   "MLPCHECK"
///           uint16    format version: 2
///           uint16    zero
///           uint32    CRC-32C (Castagnoli) of the body
///           int64     bytes of the body; the file ends with it
/// body      identity  see TrainingIdentity
///           state     the fields of the training loop and its parts, in the order of their Exchange methods
/// </code>
/// <para>
/// Reading trusts nothing. The checksum is compared before anything else is read from the body, and the identity before the state, so
/// that a file of another training or a damaged one changes nothing. The state's sizes are those of the training that reads it.
/// </para>
/// </remarks>
internal static class CheckpointFile
{
    private static readonly FileFrame Frame = new(
        "MLPCHECK", Version: 2, Kind: "Checkpoint", Article: "a checkpoint", Damaged: ": it is damaged.",
        OtherVersion: "Resume with the build that wrote it.", BodyName: "state");

    /// <param name="stream">Seekable, at its start.</param>
    /// <param name="identity">Of the training.</param>
    /// <param name="state">Is written; not changed.</param>
    public static void Write(Stream stream, TrainingIdentity identity, ICheckpointed state)
    {
        stream.Position = LittleEndianReader.HeaderSize;
        var body = new LittleEndianWriter(stream);
        identity.Write(body);
        state.Exchange(new StateWriter(body));
        stream.Position = 0;
        Frame.WriteHeader(stream, body.Checksum, body.Length);
    }

    /// <param name="stream">Seekable, at its start.</param>
    /// <param name="identity">Of the training.</param>
    /// <param name="state">Gets the state of the file.</param>
    /// <exception cref="ModelFileException">It is not an intact checkpoint.</exception>
    /// <exception cref="InvalidOperationException">It is that of another training; the message names what differs.</exception>
    public static void Read(Stream stream, TrainingIdentity identity, ICheckpointed state)
    {
        LittleEndianReader reader = Frame.Open(stream);
        string? difference = identity.DifferenceFrom(TrainingIdentity.Read(reader));
        if (difference is not null)
            throw new InvalidOperationException(difference);
        state.Exchange(new StateReader(reader));
        Frame.CheckEnd(reader);
    }
}
