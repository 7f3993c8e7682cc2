using System.Runtime.Intrinsics;
using System.Text;
using Mlp.State;
using Mlp.Training.Ensembles;

namespace Mlp.MLNet.Parts;

/// <summary>What one of several jobs that train an ensemble leaves behind: a model zip of its networks, and what joins it with the
/// others.</summary>
/// <remarks>
/// <para>All numbers are little-endian.</para>
/// <code>
/// header    8 bytes   "MLPPARTS"
///           uint16    format version: 1
///           uint16    zero
///           uint32    CRC-32C (Castagnoli) of the body
///           int64     bytes of the body; the file ends with it
/// body      part      see TrainedPart
///           int32     bits of the vectors that the job computed with
///           int32     bytes of the name of the network's entry in the zip, and the name, UTF-8
///           int64     bytes of the zip
///           zip       as ml.Model.Save writes it
/// </code>
/// <para>
/// Reading trusts nothing. The checksum is compared before anything else is read from the body, and every count is checked against the
/// bytes that are left before memory is taken for it.
/// </para>
/// </remarks>
internal sealed class PartFile : IDisposable
{
    private const int MaxNameBytes = 10_000;

    private static readonly FileFrame Frame = new(
        "MLPPARTS", Version: 1, Kind: "Part", Article: "a part of a training", Damaged: ". It is damaged; copy or train it again.",
        OtherVersion: "Join with the build that wrote it.", BodyName: "body");

    private readonly FileStream _file;

    private PartFile(string path, FileStream file) => (Path, _file) = (path, file);

    public string Path { get; }

    public TrainedPart<float> Part { get; private set; } = null!;

    /// <summary>The widest vectors of the processor, on which the last bits of a training depend.</summary>
    public int VectorBits { get; private set; }

    /// <summary>The name of the network's entry in the zip.</summary>
    public string EntryName { get; private set; } = "";

    /// <summary>The model of the part's networks.</summary>
    public Stream Zip { get; private set; } = Stream.Null;

    /// <param name="stream">Takes the file; it need not be seekable.</param>
    /// <param name="part">Of the trained networks.</param>
    /// <param name="entryName">Of the network in the zip.</param>
    /// <param name="zip">The model of the part's networks.</param>
    public static void Write(Stream stream, TrainedPart<float> part, string entryName, ReadOnlyMemory<byte> zip) =>
        Frame.Write(stream, writer => WriteBody(writer, part, entryName, zip.Span));

    /// <param name="path">Of a part. It stays open until this is disposed.</param>
    /// <exception cref="ModelFileException">It is not an intact part.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PartFile Open(string path)
    {
        var part = new PartFile(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16));
        bool isRead = false;
        try
        {
            part.ReadBody();
            isRead = true;
            return part;
        }
        finally
        {
            if (!isRead)
                part.Dispose();
        }
    }

    public void Dispose() => _file.Dispose();

    private static void WriteBody(LittleEndianWriter writer, TrainedPart<float> part, string entryName, ReadOnlySpan<byte> zip)
    {
        part.Write(writer);
        writer.WriteInt32(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128 : 0);
        byte[] name = Encoding.UTF8.GetBytes(entryName);
        writer.WriteInt32(name.Length);
        writer.Write(name);
        writer.WriteInt64(zip.Length);
        writer.Write(zip);
    }

    private void ReadBody()
    {
        LittleEndianReader reader = Frame.Open(_file);
        Part = TrainedPart<float>.Read(reader);
        reader.StartSection("name of the network", 2 * sizeof(int));
        VectorBits = reader.ReadInt32();
        int length = reader.ReadCount("bytes of a name", 1, MaxNameBytes);
        reader.StartSection("name of the network", length + sizeof(long));
        byte[] name = new byte[length];
        reader.Read(name);
        EntryName = Encoding.UTF8.GetString(name);
        long zipLength = reader.ReadInt64();
        if (zipLength != reader.Remaining)
            throw reader.Error($"Part claims a model of {zipLength:N0} bytes and has {reader.Remaining:N0}. It is damaged; copy it again.");
        Zip = new StreamWindow(_file, _file.Length - zipLength);
    }
}
