using System.Globalization;

namespace Mlp.Models.Files;

/// <summary>The file beside an output file that takes its place when it is complete.</summary>
internal static class TemporaryFile
{
    private const string Extension = ".temporary";
    private const int DigitCount = 8, BufferBytes = 1 << 16, MostTries = 10;

    /// <summary>Makes one with a name that no other has. It is locked as long as it is open, so that no other process takes it for an
    /// abandoned one.</summary>
    /// <param name="target">The output file, without links.</param>
    public static FileStream Create(string target)
    {
        for (int tries = 1; ; tries++)
        {
            string digits = ((uint)Random.Shared.Next(int.MinValue, int.MaxValue)).ToString("x8", CultureInfo.InvariantCulture);
            try
            {
                // Shared for deletion, because it is renamed while it is open.
                var file = new FileStream(
                    $"{target}.{digits}{Extension}", FileMode.CreateNew, FileAccess.Write, FileShare.Delete, BufferBytes);
                // Making and locking are two steps. Another save can take it for a left one, and delete it, between them but not after
                // them.
                if (File.Exists(file.Name))
                    return file;
                file.Dispose();
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && tries < MostTries)
            {
                // The name is taken, or locked by who is about to delete it.
            }
        }
    }

    /// <summary>Deletes those of the same output file whose process was killed.</summary>
    public static void DeleteLeft(string target)
    {
        string folder = Path.GetDirectoryName(target)!, name = Path.GetFileName(target);
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => IsOf(name, Path.GetFileName(path))))
        {
            try
            {
                // Not where another process has it open, which holds the lock.
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // In use, gone meanwhile, or somebody else's: none of it keeps the output file from being written.
            }
        }
    }

    private static bool IsOf(string target, string name) =>
        name.Length == target.Length + 1 + DigitCount + Extension.Length
        && name.StartsWith(target, StringComparison.Ordinal) && name[target.Length] == '.'
        && name.EndsWith(Extension, StringComparison.Ordinal)
        && name.AsSpan(target.Length + 1, DigitCount).IndexOfAnyExcept("0123456789abcdef") < 0;
}
