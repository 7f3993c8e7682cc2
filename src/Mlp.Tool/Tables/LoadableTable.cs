namespace Mlp.Tool.Tables;

/// <summary>A file that ML.NET's text loader reads exactly as the description says: the original, or a clean copy that is deleted on disposal.
/// To be read with <c>AllowQuoting = <see cref="AllowQuoting"/></c>, <c>MissingRealsAsNaNs = true</c>, <c>HasHeader</c>, <c>Separators</c>
/// and <c>DecimalMarker</c> as here, numbers and dates as Single, all else as String; a missing value is NaN or the empty text. A copy has the columns of the original at their
/// places; those that are no feature, label or split are empty in it.</summary>
internal sealed class LoadableTable : IDisposable
{
    internal LoadableTable(string path, char separator, bool hasHeader, bool allowQuoting, char decimalMark, bool isCopy)
    {
        Path = path;
        Separator = separator;
        HasHeader = hasHeader;
        AllowQuoting = allowQuoting;
        DecimalMark = decimalMark;
        IsCopy = isCopy;
    }

    public string Path { get; }

    public char Separator { get; }

    public bool HasHeader { get; }

    public bool AllowQuoting { get; }

    public char DecimalMark { get; }

    /// <summary>Whether <see cref="Path"/> is a temporary file.</summary>
    public bool IsCopy { get; }

    /// <summary>Deletes the file if it is a copy.</summary>
    public void Dispose()
    {
        if (IsCopy)
            File.Delete(Path);
    }
}
