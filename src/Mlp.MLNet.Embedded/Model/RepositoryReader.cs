using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A model file being read.</summary>
internal sealed class RepositoryReader : IDisposable
{
    /// <summary>The entry in which ML.NET notes its version, and this runtime its name.</summary>
    public const string WriterEntryName = "TrainingInfo/Version.txt";

    private const string RuntimeName = "Mlp.MLNet.Embedded";

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    public RepositoryReader(Stream stream, IExceptionContext context)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in _archive.Entries)
                _entries[entry.FullName.Replace('\\', '/')] = entry;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException)
        {
            throw context.ExceptDecode(exception, "Failed to open a zip archive");
        }

        if (ReadOrNull(WriterEntryName) is byte[] writer && !Encoding.UTF8.GetString(writer).StartsWith(RuntimeName, StringComparison.Ordinal))
        {
            throw context.ExceptDecode(
                $"The model file was written by Microsoft.ML {Encoding.UTF8.GetString(writer).Trim()}; this program runs on {ThisRuntime}, " +
                "a stand-in for it that reads only its own files. Build the program with the package Microsoft.ML to load it.");
        }
    }

    /// <summary>The name and version that this runtime writes into its files.</summary>
    public static string ThisRuntime => $"{RuntimeName} {typeof(RepositoryReader).Assembly.GetName().Version?.ToString(3)}";

    public byte[]? ReadOrNull(string path)
    {
        if (!_entries.TryGetValue(path, out ZipArchiveEntry? entry))
            return null;

        // The length in the directory may be a lie, so the array grows with what is really there.
        using Stream source = entry.Open();
        using var content = new MemoryStream();
        source.CopyTo(content);
        return content.ToArray();
    }

    public void Dispose() => _archive.Dispose();
}
