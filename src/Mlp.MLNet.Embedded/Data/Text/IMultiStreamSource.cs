namespace Microsoft.ML.Data;

/// <summary>A number of streams, each of which can be read any number of times.</summary>
public interface IMultiStreamSource
{
    int Count { get; }

    /// <summary>Null for what is no file.</summary>
    string GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}
