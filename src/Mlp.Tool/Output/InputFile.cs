namespace Mlp.Tool.Output;

/// <summary>A file that is read more than once or not from beginning to end; standard input, a pipe or a device is therefore copied
/// first.</summary>
internal sealed class InputFile : IDisposable
{
    private const int PortionBytes = 1 << 16;

    private readonly DirectoryInfo? _folder;

    private InputFile(string givenPath, string path, DirectoryInfo? folder) => (GivenPath, Path, _folder) = (givenPath, path, folder);

    /// <summary>The path as it was given.</summary>
    public string GivenPath { get; }

    /// <summary>Of the file, or of its copy.</summary>
    public string Path { get; }

    public bool IsCopy => _folder is not null;

    /// <summary>Refuses standard input as two input files.</summary>
    /// <exception cref="ToolException">Both are "-".</exception>
    public static void CheckOnlyOne(string model, string data)
    {
        if (model == OutputFile.Standard && data == OutputFile.Standard)
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

    public void Dispose() => _folder?.Delete(recursive: true);
}
