namespace Mlp.TestSupport;

/// <summary>A folder of its own for a test, deleted in the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("mlp-test-").FullName;

    /// <summary>Names of everything in it, in order.</summary>
    public IEnumerable<string?> FileNames =>
        Directory.EnumerateFileSystemEntries(FullPath).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    public string PathOf(string name) => Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
