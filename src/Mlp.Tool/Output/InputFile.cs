using Mlp.Tables;
using Mlp.Tables.Descriptions;

namespace Mlp.Tool.Output;

/// <summary>A file that is read more than once or not from beginning to end; standard input, a pipe or a device is therefore copied
/// first.</summary>
internal sealed class InputFile : IDisposable
{
    private const int PortionBytes = 1 << 16;

    private readonly DirectoryInfo? _folder;
    private IReadOnlyList<InputFile> _parts = [];

    private InputFile(string givenPath, string path, DirectoryInfo? folder) => (GivenPath, Path, _folder) = (givenPath, path, folder);

    /// <summary>The path as it was given.</summary>
    public string GivenPath { get; }

    /// <summary>The path of the file, or of its copy.</summary>
    public string Path { get; }

    public bool IsCopy => _folder is not null;

    /// <summary>Gives the rows where they are in no file, or in several; null for one file.</summary>
    public RowOrigin? Origin { get; private init; }

    /// <summary>The path for messages.</summary>
    public string Title => GivenPath == OutputFile.Standard ? "standard input" : GivenPath;

    /// <summary>What stands for rows that are read from elsewhere.</summary>
    /// <param name="origin">Gives them.</param>
    /// <param name="parts">Files that it reads, and that are disposed with it.</param>
    public static InputFile Of(RowOrigin origin, params IReadOnlyList<InputFile> parts) =>
        new(origin.Title, origin.Title, folder: null) { Origin = origin, _parts = parts };

    /// <summary>What the table holds.</summary>
    /// <exception cref="TableException">It is none.</exception>
    public TableDescription Inspect(TableOptions options, CancellationToken cancellationToken) => Origin is null
        ? TableFile.Inspect(Path, options, cancellationToken) : TableFile.Inspect(Origin, options, cancellationToken);

    /// <summary>Refuses standard input as two input files.</summary>
    /// <exception cref="ToolException">Both are "-".</exception>
    public static void CheckOnlyOne(string model, IReadOnlyList<string> data)
    {
        if (model == OutputFile.Standard && data.Contains(OutputFile.Standard))
            throw new ToolException(
                ExitCode.Usage, "Model and data are both -, and standard input is read once. Give one of them as a file.");
    }

    /// <param name="path">Of a file that need not exist, or "-".</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="ToolException">It cannot be copied.</exception>
    public static InputFile Open(string path, CancellationToken cancellationToken)
    {
        if (path != OutputFile.Standard && !FileTarget.At(path).IsStream)
            return new InputFile(path, path, null);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlp-");
        var copy = new InputFile(path, System.IO.Path.Combine(
            folder.FullName, path == OutputFile.Standard ? "standard-input" : System.IO.Path.GetFileName(path)), folder);
        bool isComplete = false;
        try
        {
            using Stream input = path == OutputFile.Standard
                ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using FileStream output = File.Create(copy.Path);
            byte[] portion = new byte[PortionBytes];
            for (int count; (count = input.Read(portion)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                output.Write(portion, 0, count);
            }
            isComplete = true;
            return copy;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                ExitCode.Failed,
                $"'{path}' cannot be copied to {copy.Path}: {exception.Message} Make room there, or set TMPDIR to another folder.",
                exception);
        }
        finally
        {
            if (!isComplete)
                copy.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (InputFile part in _parts)
            part.Dispose();
        _folder?.Delete(recursive: true);
    }
}
