namespace Mlp.Tables;

/// <summary>A file that cannot be used as a table. The message names the file, the place, what was found and the next step.</summary>
public sealed class TableException : Exception
{
    internal TableException(string path, string message, long? line = null, string? column = null, Exception? inner = null)
        : base(message, inner)
    {
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>The file, as it was given.</summary>
    public string Path { get; }

    /// <summary>Line in the (decompressed) file, the first being 1; null when it is about the whole file.</summary>
    public long? Line { get; }

    /// <summary>Name, or number from 1 in a file without header; null when it is about whole rows.</summary>
    public string? Column { get; }
}
