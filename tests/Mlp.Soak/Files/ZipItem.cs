using System.IO.Compression;

namespace Mlp.Soak.Files;

/// <summary>An entry of a zip, and what the zip says of it, which need not be true.</summary>
internal sealed class ZipItem
{
    public const ushort Stored = 0, Deflated = 8;

    public ZipItem(byte[] name, byte[] content)
    {
        Name = name;
        Content = content;
        Packed = Deflate(content);
        Method = Deflated;
        Checksum = Crc32.Of(content);
        ClaimedSize = (uint)content.Length;
        ClaimedPackedSize = (uint)Packed.Length;
    }

    private ZipItem(ZipItem item, byte[] name)
    {
        Name = name;
        (Content, Packed, Method, Flags) = (item.Content, item.Packed, item.Method, item.Flags);
        (Checksum, ClaimedSize, ClaimedPackedSize) = (item.Checksum, item.ClaimedSize, item.ClaimedPackedSize);
    }

    public byte[] Name { get; }

    /// <summary>As it was before it was packed.</summary>
    public byte[] Content { get; private init; }

    /// <summary>The bytes in the zip.</summary>
    public byte[] Packed { get; init; }

    public ushort Method { get; init; }

    public ushort Flags { get; init; }

    public uint Checksum { get; init; }

    public uint ClaimedSize { get; init; }

    public uint ClaimedPackedSize { get; init; }

    /// <summary>The same under another name.</summary>
    public ZipItem Named(byte[] name) => new(this, name);

    /// <summary>The same with other claims.</summary>
    public ZipItem Claiming(
        uint? checksum = null, uint? size = null, uint? packedSize = null, ushort? method = null, ushort? flags = null) => new(this, Name)
        {
            Checksum = checksum ?? Checksum,
            ClaimedSize = size ?? ClaimedSize,
            ClaimedPackedSize = packedSize ?? ClaimedPackedSize,
            Method = method ?? Method,
            Flags = flags ?? Flags,
        };

    /// <summary>The same with other bytes where the packed content was.</summary>
    public ZipItem WithPacked(byte[] packed) => new(this, Name) { Packed = packed, ClaimedPackedSize = (uint)packed.Length };

    /// <summary>The same in the zip, without keeping what was packed.</summary>
    public ZipItem WithoutContent() => new(this, Name) { Content = [] };

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(content);
        return packed.ToArray();
    }
}
