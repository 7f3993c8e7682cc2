using Microsoft.Win32.SafeHandles;

namespace Mlp.Tool.Serving;

/// <summary>What tells a file from the one that was in its place before. Links are followed.</summary>
/// <param name="Written">UTC.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    /// <summary>Null where there is no file, or it cannot be read.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new FileStamp(File.GetLastWriteTimeUtc(handle), RandomAccess.GetLength(handle));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
