using System.IO.Compression;
using System.Text;

namespace Microsoft.ML;

/// <summary>A model file being written: an ordinary zip.</summary>
internal sealed class RepositoryWriter : IDisposable
{
    /// <summary>
    /// How many bytes are compressed at most; the rest is stored as it is. A reader that expects no file to unpack to more than this beyond
    /// its size so never takes a real model for a zip bomb, however regular its numbers are. What is unpacked becomes objects several times
    /// its size; of this much they stay small.
    /// </summary>
    public const int CompressedContentLimit = 1 << 20;

    private readonly ZipArchive _archive;
    private long _compressedContent;

    public RepositoryWriter(Stream stream)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(RepositoryReader.WriterEntryName, Encoding.UTF8.GetBytes(RepositoryReader.ThisRuntime));
    }

    public void Add(string path, ReadOnlySpan<byte> content)
    {
        bool compress = content.Length <= CompressedContentLimit - _compressedContent;
        if (compress)
            _compressedContent += content.Length;
        using Stream entry = _archive.CreateEntry(path, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    public void Dispose() => _archive.Dispose();
}
