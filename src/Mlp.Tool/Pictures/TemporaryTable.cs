namespace Mlp.Tool.Pictures;

/// <summary>What is read as a table: the file that the user gave, or a table that was made of a folder of pictures and is deleted in the end.</summary>
internal sealed class TemporaryTable : IDisposable
{
    private readonly DirectoryInfo? _folder;

    private TemporaryTable(string path, DirectoryInfo? folder) => (Path, _folder) = (path, folder);

    public string Path { get; }

    /// <summary>Whether the file was made.</summary>
    public bool IsOfPictures => _folder is not null;

    /// <param name="path">A table, or a folder of pictures.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <exception cref="ToolException">The folder's files cannot be used.</exception>
    public static TemporaryTable Open(string path, CancellationToken cancellationToken)
    {
        if (!IdxFolder.IsAt(path))
            return new TemporaryTable(path, null);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlp-");
        var made = new TemporaryTable(System.IO.Path.Combine(folder.FullName, "pictures.csv"), folder);
        try
        {
            IdxFolder.WriteTable(path, made.Path, cancellationToken);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder?.Delete(recursive: true);
}
