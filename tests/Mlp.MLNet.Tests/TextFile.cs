namespace Mlp.MLNet.Tests;

/// <summary>A file that is gone at the end of a test.</summary>
internal sealed class TextFile : IDisposable
{
    public TextFile(string content)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName() + ".txt");
        File.WriteAllText(Path, content);
    }

    public TextFile(params string[] lines)
        : this(string.Join("\n", lines) + "\n")
    {
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
