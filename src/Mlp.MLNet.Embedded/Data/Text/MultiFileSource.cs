using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Files to be read one after the other; patterns with *, ? and + are expanded.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    public MultiFileSource(params string[]? paths)
    {
        // Passing null makes an array with one null in it: no file at all.
        if (paths == null || paths is [null])
        {
            _paths = [];
            return;
        }
        var found = paths.SelectMany(FilePattern.Expand).ToArray();
        // A file that is not there yet is an error only when it is opened.
        _paths = found.Length > 0 ? found : paths;
    }

    public int Count => _paths.Length;

    public string GetPathOrNull(int index)
    {
        Contracts.CheckParam(index >= 0 && index < Count, nameof(index));
        return _paths[index];
    }

    public Stream Open(int index)
    {
        string path = GetPathOrNull(index);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"Could not open file '{path}'. Error is: {exception.Message}", exception);
        }
    }

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
