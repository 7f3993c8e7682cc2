using System.Formats.Tar;

namespace Mlp.Models.Files;

/// <summary>Tells devices and pipes from ordinary files.</summary>
internal static class SpecialFile
{
    /// <summary>Whether there is a device or a named pipe. Nothing is opened: the reader of a pipe would take that for the
    /// writer.</summary>
    /// <param name="path">Without links.</param>
    public static bool IsAt(string path)
    {
        // They are as long as nothing.
        var file = new FileInfo(path);
        if (OperatingSystem.IsWindows() || !file.Exists || file.Length > 0)
            return false;
        // .NET knows the kind of a file in one place: where it describes one in an archive.
        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true);
            writer.WriteEntry(path, file.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty file that may not be read, or a socket: writing to it says what is wrong.
            return false;
        }
        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType is TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo;
    }
}
