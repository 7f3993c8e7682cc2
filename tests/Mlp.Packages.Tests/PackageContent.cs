using System.IO.Compression;
using System.Xml.Linq;

namespace Mlp.Packages.Tests;

/// <summary>The files of a package.</summary>
internal sealed class PackageContent
{
    private readonly Dictionary<string, byte[]> _files = [];

    public PackageContent(string path)
    {
        Path = path;
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            using Stream stream = entry.Open();
            stream.CopyTo(bytes);
            _files.Add(entry.FullName, bytes.ToArray());
        }
    }

    public string Path { get; }

    public IEnumerable<string> Names => _files.Keys;

    public byte[] this[string name] => _files[name];

    public string Nuspec => System.Text.Encoding.UTF8.GetString(
        _files.Single(file => file.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value).TrimStart('\uFEFF');

    /// <summary>The elements of a name anywhere in the nuspec.</summary>
    public XElement[] Elements(string name) => [.. XDocument.Parse(Nuspec).Descendants().Where(element => element.Name.LocalName == name)];
}
