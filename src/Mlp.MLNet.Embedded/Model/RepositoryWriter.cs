using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>A model file being written: an ordinary zip.</summary>
internal sealed class RepositoryWriter : IDisposable
{
    private readonly ZipArchive _archive;

    public RepositoryWriter(Stream stream)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(RepositoryReader.WriterEntryName, System.Text.Encoding.UTF8.GetBytes(RepositoryReader.ThisRuntime));
    }

    public void Add(string path, ReadOnlySpan<byte> content)
    {
        using Stream entry = _archive.CreateEntry(path).Open();
        entry.Write(content);
    }

    public void Dispose() => _archive.Dispose();
}
