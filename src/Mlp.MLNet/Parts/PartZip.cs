using System.IO.Compression;
using Mlp.State;

namespace Mlp.MLNet.Parts;

/// <summary>The zips of parts: which entry is the network, what else is in them, and one with another network.</summary>
internal static class PartZip
{
    /// <summary>The name of the entry that holds a network.</summary>
    /// <param name="zip">Of a model that was just saved; seekable.</param>
    /// <param name="model">Its network.</param>
    public static string FindEntry(Stream zip, Model<float> model)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        var counting = new ChecksumStream();
        ModelFile.Write(counting, model);
        (long, uint) wanted = (counting.Length, counting.Checksum);
        return archive.Entries.FirstOrDefault(entry => entry.Length == wanted.Item1 && ChecksumOf(entry) == wanted)?.FullName
            ?? throw new ArgumentException("The saved model does not hold the network in an entry of its own; it cannot become a part.");
    }

    /// <summary>The network of a part.</summary>
    /// <exception cref="FormatException">It is not there, or damaged.</exception>
    public static Model<float> ReadModel(PartFile part)
    {
        using ZipArchive archive = Open(part);
        ZipArchiveEntry[] entries = [.. archive.Entries.Where(entry => entry.FullName == part.EntryName)];
        if (entries.Length != 1)
        {
            throw new FormatException(
                $"The model in it has {entries.Length} entries '{part.EntryName}', where the network is. It is damaged; copy or train it "
                    + "again.");
        }
        using Stream stream = entries[0].Open();
        return ModelFile.Read<float>(stream);
    }

    /// <summary>Names, lengths and checksums of all entries but the network: what turns a table into features, and what is known of
    /// it.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static IReadOnlyList<(string Name, long Length, uint Checksum)> DescribeOthers(PartFile part)
    {
        using ZipArchive archive = Open(part);
        return [.. archive.Entries.Where(entry => entry.FullName != part.EntryName).Select(entry =>
        {
            (long length, uint checksum) = ChecksumOf(entry);
            return (entry.FullName, length, checksum);
        })];
    }

    /// <summary>Writes the zip of a part with another network in it.</summary>
    /// <param name="part">Gives all other entries.</param>
    /// <param name="model">The network.</param>
    /// <param name="output">Gets the zip; not closed.</param>
    public static void Write(PartFile part, Model<float> model, Stream output)
    {
        using ZipArchive archive = Open(part);
        using var joined = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream target = joined.CreateEntry(entry.FullName).Open();
            if (entry.FullName == part.EntryName)
                ModelFile.Write(target, model);
            else
            {
                using Stream source = entry.Open();
                source.CopyTo(target);
            }
        }
    }

    private static ZipArchive Open(PartFile part)
    {
        part.Zip.Position = 0;
        return new ZipArchive(part.Zip, ZipArchiveMode.Read, leaveOpen: true);
    }

    private static (long Length, uint Checksum) ChecksumOf(ZipArchiveEntry entry)
    {
        using var counting = new ChecksumStream();
        using Stream stream = entry.Open();
        stream.CopyTo(counting);
        return (counting.Length, counting.Checksum);
    }

    /// <summary>Takes bytes, and keeps their number and CRC-32C alone.</summary>
    private sealed class ChecksumStream : Stream
    {
        private Crc32C _checksum;
        private long _length;

        public uint Checksum => _checksum.Value;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException("A checksum has one direction.");
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _checksum.Add(buffer);
            _length += buffer.Length;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A checksum has one direction.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A checksum has one direction.");

        public override void SetLength(long value) => throw new NotSupportedException("A checksum has one direction.");
    }
}
