using Mlp.Numerics;
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
    private const ushort FormatVersion = 2;
    private static ReadOnlySpan<byte> Magic => "MLPCHECK"u8;

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
        var header = new LittleEndianWriter(stream);
        header.Write(Magic);
        header.WriteUInt16(FormatVersion);
        header.WriteUInt16(0);
        header.WriteInt32((int)body.Checksum);
        header.WriteInt64(body.Length);
    }

    /// <param name="stream">Seekable, at its start.</param>
    /// <param name="identity">Of the training.</param>
    /// <param name="state">Gets the state of the file.</param>
    /// <exception cref="ModelFileException">It is not an intact checkpoint.</exception>
    /// <exception cref="InvalidOperationException">It is that of another training; the message names what differs.</exception>
    public static void Read(Stream stream, TrainingIdentity identity, ICheckpointed state)
    {
        CheckChecksum(stream);
        stream.Position = 0;
        LittleEndianReader reader = Open(stream, out _);
        string? difference = identity.DifferenceFrom(TrainingIdentity.Read(reader));
        if (difference is not null)
            throw new InvalidOperationException(difference);
        state.Exchange(new StateReader(reader));
        if (reader.Remaining != 0)
            throw reader.Error($"Checkpoint has {reader.Remaining:N0} bytes after its last field.");
    }

    private static void CheckChecksum(Stream stream)
    {
        LittleEndianReader reader = Open(stream, out uint checksum);
        reader.StartSection("state", 0);
        Span<byte> portion = new byte[Limits.PortionLength];
        while (reader.Remaining > 0)
            reader.Read(portion[..(int)Math.Min(portion.Length, reader.Remaining)]);
        if (reader.Checksum != checksum)
            throw reader.Error($"Checkpoint has checksum {reader.Checksum:x8} where its header says {checksum:x8}: it is damaged.");
        if (stream.Position != stream.Length)
            throw reader.Error(
                $"Checkpoint has {stream.Length - stream.Position:N0} bytes after the end that its header names: it is damaged.");
    }

    private static LittleEndianReader Open(Stream stream, out uint checksum)
    {
        var reader = new LittleEndianReader(stream, "Checkpoint");
        reader.StartSection("header", LittleEndianReader.HeaderSize);
        Span<byte> magic = stackalloc byte[8];
        reader.Read(magic);
        if (!magic.SequenceEqual(Magic))
            throw reader.Error("This is not a checkpoint: it does not begin with MLPCHECK.");
        int version = reader.ReadUInt16();
        if (version != FormatVersion)
            throw reader.Error(
                $"Checkpoint has format version {version}; this build reads version {FormatVersion}. Resume with the build that wrote it.");
        if (reader.ReadUInt16() != 0)
            throw reader.Error("Checkpoint has a value other than 0 in the reserved field of its header.");
        checksum = (uint)reader.ReadInt32();
        reader.StartBody(reader.ReadInt64());
        return reader;
    }
}
