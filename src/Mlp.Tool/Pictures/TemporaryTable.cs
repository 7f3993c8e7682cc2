using Mlp.Tables;
using Mlp.Tool.Models;
using Mlp.Tool.Output;

namespace Mlp.Tool.Pictures;

/// <summary>The table to read: the file that the user gave, or a table that is made from a folder of pictures and deleted at the
/// end.</summary>
internal sealed class TemporaryTable : IDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly InputFile? _file;

    private TemporaryTable(string path, DirectoryInfo? folder, InputFile? file) => (Path, _folder, _file) = (path, folder, file);

    public string Path { get; }

    /// <summary>The path for messages.</summary>
    public string Title => _file?.Title ?? Path;

    /// <summary>Whether the file was made.</summary>
    public bool IsOfPictures => _folder is not null;

    /// <summary>Whether there is no such file after the end, or none at all.</summary>
    public bool IsTemporary => IsOfPictures || _file is { IsCopy: true } or { Origin: not null };

    /// <summary>A table that is there already.</summary>
    public static TemporaryTable Of(InputFile file) => new(file.Path, folder: null, file);

    /// <summary>What it holds.</summary>
    public TableDescription Inspect(TableOptions options, CancellationToken cancellationToken) =>
        _file?.Inspect(options, cancellationToken) ?? TableFile.Inspect(Path, options, cancellationToken);

    /// <param name="paths">Tables of the same columns, or a folder of pictures; "-" is standard input.</param>
    /// <param name="options">What the user said about the tables.</param>
    /// <param name="cancellationToken">Stops the conversion.</param>
    /// <exception cref="ToolException">The folder's files cannot be used.</exception>
    public static TemporaryTable Open(IReadOnlyList<string> paths, TableOptions options, CancellationToken cancellationToken)
    {
        string path = paths[0];
        if (paths.Count > 1 || !IdxFolder.IsAt(path))
        {
            var file = JoinedTable.Open(paths, options, cancellationToken);
            return new TemporaryTable(file.Path, folder: null, file);
        }
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlp-");
        var made = new TemporaryTable(System.IO.Path.Combine(folder.FullName, "pictures.csv"), folder, file: null);
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

    public void Dispose()
    {
        _folder?.Delete(recursive: true);
        _file?.Dispose();
    }
}
