using System.IO.Compression;
using System.Text;
using Mlp.Tables.Descriptions;
using Mlp.TestSupport;

namespace Mlp.Tables.Tests;

/// <summary>Files for a test, and what reading them gives.</summary>
internal sealed class TableFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Write(string text, string name = "data.csv") => Write(Encoding.UTF8.GetBytes(text), name);

    public string Write(byte[] bytes, string name = "data.csv")
    {
        string path = _folder.PathOf(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>What a file holds; messages speak of the command line's options.</summary>
    public TableDescription Inspect(string text, TableOptions? options = null) => Inspect(Encoding.UTF8.GetBytes(text), options);

    public TableDescription Inspect(byte[] bytes, TableOptions? options = null) =>
        TableFile.Inspect(Write(bytes), (options ?? new TableOptions()) with { Names = OptionNames.CommandLine });

    public static Dictionary<string, ColumnKind> Kinds(params (string Column, ColumnKind Kind)[] kinds) =>
        kinds.ToDictionary(kind => kind.Column, kind => kind.Kind);

    /// <summary>The one column that a table of the given values has beside a column of numbers.</summary>
    public ColumnDescription Column(IEnumerable<string> values, TableOptions? options = null, string name = "x", char separator = ',')
    {
        var text = new StringBuilder($"n{separator}{name}\n");
        int row = 0;
        foreach (string value in values)
            text.Append($"{row++ * 7 % 11}{separator}{value}\n");
        return Inspect(text.ToString(), options).Columns[1];
    }

    /// <summary>What is wrong with a file.</summary>
    public TableException Fail(string text, TableOptions? options = null) => Fail(Encoding.UTF8.GetBytes(text), options);

    public TableException Fail(byte[] bytes, TableOptions? options = null)
    {
        var exception = Assert.Throws<TableException>(() => Inspect(bytes, options));
        Assert.StartsWith(_folder.FullPath, exception.Message);
        Assert.Matches("[.?]$", exception.Message);
        return exception;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return stream.ToArray();
    }

    public static byte[] Zstd(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var zstd = new ZstdSharp.CompressionStream(stream))
            zstd.Write(bytes);
        return stream.ToArray();
    }

    public void Dispose() => _folder.Dispose();
}
