using System.IO.Compression;
using System.Text;

namespace Mlp.Soak.Files;

/// <summary>Takes zips apart and writes them as they are described, true or not; a library would refuse to.</summary>
internal static class ZipBytes
{
    /// <summary>What follows the central directory; it has no comment here.</summary>
    public const int EndSize = 22;

    private const ushort Version = 20;

    // 1980-01-01: zips written from the same items are the same bytes.
    private const uint Date = 0x00210000;

    public static ZipItem[] Items(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry =>
        {
            using Stream content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return new ZipItem(Encoding.UTF8.GetBytes(entry.FullName), copy.ToArray());
        })];
    }

    public static byte[] Write(IReadOnlyList<ZipItem> items)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var positions = new uint[items.Count];
        for (int index = 0; index < items.Count; index++)
        {
            positions[index] = (uint)stream.Position;
            writer.Write(0x04034B50u);
            writer.Write(Version);
            WriteClaims(writer, items[index]);
            writer.Write((ushort)0);
            writer.Write(items[index].Name);
            writer.Write(items[index].Packed);
        }
        var start = (uint)stream.Position;
        for (int index = 0; index < items.Count; index++)
        {
            writer.Write(0x02014B50u);
            writer.Write(Version);
            writer.Write(Version);
            WriteClaims(writer, items[index]);
            // No extra field, comment, disk number or attributes.
            writer.Write(new byte[12]);
            writer.Write(positions[index]);
            writer.Write(items[index].Name);
        }
        uint size = (uint)stream.Position - start;
        writer.Write(0x06054B50u);
        writer.Write(0u);
        writer.Write((ushort)items.Count);
        writer.Write((ushort)items.Count);
        writer.Write(size);
        writer.Write(start);
        writer.Write((ushort)0);
        return stream.ToArray();
    }

    private static void WriteClaims(BinaryWriter writer, ZipItem item)
    {
        writer.Write(item.Flags);
        writer.Write(item.Method);
        writer.Write(Date);
        writer.Write(item.Checksum);
        writer.Write(item.ClaimedPackedSize);
        writer.Write(item.ClaimedSize);
        writer.Write((ushort)item.Name.Length);
    }
}
