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

    private readonly IExceptionContext _context;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    // How many bytes may still be unpacked: a small file must not be able to fill the memory.
    private long _budget;

    public RepositoryReader(Stream stream, IExceptionContext context)
    {
        _context = context;
        try
        {
            if (!stream.CanSeek)
                stream = ReadAll(stream);
            _budget = RepositoryWriter.CompressedContentLimit + stream.Length;
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
        _context.CheckDecode(
            entry.Length <= Math.Min(_budget, Array.MaxLength),
            $"The model file's entry '{path}' says that it unpacks to {entry.Length:N0} bytes, too many for a file of this size.");
        _budget -= entry.Length;
        byte[] content = new byte[entry.Length];
        try
        {
            using Stream source = entry.Open();
            source.ReadExactly(content);
            _context.CheckDecode(source.ReadByte() < 0, $"The model file's entry '{path}' is longer than it says.");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw _context.ExceptDecode(exception, $"The model file's entry '{path}' cannot be unpacked.");
        }

        return content;
    }

    public void Dispose() => _archive.Dispose();

    private static MemoryStream ReadAll(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy;
    }
}
