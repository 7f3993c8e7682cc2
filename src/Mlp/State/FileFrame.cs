using Mlp.Numerics;

namespace Mlp.State;

/// <summary>The header in front of a body, as files of several kinds have it.</summary>
/// <remarks>
/// All numbers are little-endian: 8 bytes that name the kind, uint16 format version, uint16 zero, uint32 CRC-32C (Castagnoli) of the body,
/// int64 bytes of the body, with which the file ends.
/// </remarks>
/// <param name="Magic">Eight letters.</param>
/// <param name="Version">The one that this build writes and reads.</param>
/// <param name="Kind">Begins the messages: "Checkpoint".</param>
/// <param name="Article">What another file is not: "a checkpoint".</param>
/// <param name="Damaged">Ends the messages about damage: ": it is damaged.".</param>
/// <param name="OtherVersion">What to do about another version, a sentence.</param>
/// <param name="BodyName">What messages call the body where a file ends within it.</param>
internal sealed record FileFrame(
    string Magic, ushort Version, string Kind, string Article, string Damaged, string OtherVersion, string BodyName)
{
    /// <summary>Writes the header of a body that is known.</summary>
    public void WriteHeader(Stream stream, uint checksum, long length)
    {
        var header = new LittleEndianWriter(stream);
        foreach (char letter in Magic)
            header.WriteByte((byte)letter);
        header.WriteUInt16(Version);
        header.WriteUInt16(0);
        header.WriteInt32((int)checksum);
        header.WriteInt64(length);
    }

    /// <summary>Writes a file to a stream that need not be seekable.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="writeBody">Called twice, because the checksum stands before the body: once to sum it up.</param>
    public void Write(Stream stream, Action<LittleEndianWriter> writeBody)
    {
        var counting = new LittleEndianWriter(Stream.Null);
        writeBody(counting);
        WriteHeader(stream, counting.Checksum, counting.Length);
        writeBody(new LittleEndianWriter(stream));
    }

    /// <summary>Compares the checksum before anything else is read from the body.</summary>
    /// <param name="stream">Seekable; the file is all that follows.</param>
    /// <returns>At the start of the body.</returns>
    /// <exception cref="ModelFileException">It is not an intact file of this kind and version.</exception>
    public LittleEndianReader Open(Stream stream)
    {
        long start = stream.Position;
        LittleEndianReader reader = ReadHeader(stream, out uint checksum);
        reader.StartSection(BodyName, 0);
        byte[] portion = new byte[Limits.PortionLength];
        while (reader.Remaining > 0)
            reader.Read(portion.AsSpan(0, (int)Math.Min(portion.Length, reader.Remaining)));
        if (reader.Checksum != checksum)
            throw reader.Error($"{Kind} has checksum {reader.Checksum:x8} where its header says {checksum:x8}{Damaged}");
        if (stream.Position != stream.Length)
        {
            throw reader.Error(
                $"{Kind} has {stream.Length - stream.Position:N0} bytes after the end that its header names{Damaged}");
        }
        stream.Position = start;
        return ReadHeader(stream, out _);
    }

    /// <summary>Makes sure that a reader is at the end of the file.</summary>
    public void CheckEnd(LittleEndianReader reader)
    {
        if (reader.Remaining != 0)
            throw reader.Error($"{Kind} has {reader.Remaining:N0} bytes after its last field{Damaged}");
    }

    private LittleEndianReader ReadHeader(Stream stream, out uint checksum)
    {
        var reader = new LittleEndianReader(stream, Kind);
        reader.StartSection("header", LittleEndianReader.HeaderSize);
        foreach (char letter in Magic)
        {
            if (reader.ReadByte() != letter)
                throw reader.Error($"This is not {Article}: it does not begin with {Magic}.");
        }
        int version = reader.ReadUInt16();
        if (version != Version)
            throw reader.Error($"{Kind} has format version {version}; this build reads version {Version}. {OtherVersion}");
        if (reader.ReadUInt16() != 0)
            throw reader.Error($"{Kind} has a value other than 0 in the reserved field of its header{Damaged}");
        checksum = (uint)reader.ReadInt32();
        reader.StartBody(reader.ReadInt64());
        return reader;
    }
}
