using System.IO.Compression;

namespace Mlp.MLNet.Replay;

/// <summary>The files of a model and its memory, which are replaced together.</summary>
/// <remarks>
/// The new memory is written under a name of its own, then the model, then the memory gets its name. Each step is a rename of a whole
/// file: wherever a process is killed, there is a model, and beside it the memory with its fingerprint.
/// </remarks>
internal static class ReplayPlaces
{
    /// <summary>Entry of the zip, which ML.NET ignores.</summary>
    public const string EntryName = "Mlp/memory";

    private const string Ending = ".replay", NextEnding = ".replay.next";

    // Damaged or made by others, an entry could unpack to anything.
    private const long LargestEntry = 4L << 30;

    /// <summary>Where the memory of a model is, beside it.</summary>
    public static string PathOf(string modelPath) => modelPath + Ending;

    /// <summary>Writes both.</summary>
    /// <param name="path">Of the model.</param>
    /// <param name="memory">Of it.</param>
    /// <param name="place">Where to.</param>
    /// <param name="zip">The model's; gets an entry for the memory where it is to have one.</param>
    /// <param name="write">Writes a file, whole or not at all.</param>
    /// <exception cref="IOException">A file cannot be written. The older ones are there as they were.</exception>
    public static void Write(
        string path, MlpReplayMemory memory, MlpReplayPlace place, MemoryStream zip, Action<string, Action<Stream>> write)
    {
        if (place == MlpReplayPlace.InModel)
        {
            using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
            using (Stream entry = archive.CreateEntry(EntryName).Open())
                ReplayFile.Write(entry, memory);
            write(path, zip.WriteTo);
            return;
        }
        if (FileTarget.At(path).IsStream)
        {
            throw new IOException(
                $"'{path}' is a pipe or a device, and beside it is no place for the memory. Save it in the model, or give a file.");
        }
        write(path + NextEnding, memory.Save);
        write(path, zip.WriteTo);
        File.Move(path + NextEnding, PathOf(path), overwrite: true);
    }

    /// <summary>The memory of a model: the one with its fingerprint.</summary>
    /// <param name="path">Of the model.</param>
    /// <param name="fingerprint">Of the model.</param>
    /// <returns>Null where there is none; and where it was.</returns>
    /// <exception cref="FormatException">There are some, and all are damaged or those of other models.</exception>
    public static (MlpReplayMemory? ReplayMemory, MlpReplayPlace Place) Find(string path, string fingerprint)
    {
        string? problem = null;
        foreach ((string name, MlpReplayPlace place, Func<MlpReplayMemory?> read) in new (string, MlpReplayPlace, Func<MlpReplayMemory?>)[]
        {
            ($"the entry {EntryName} of '{path}'", MlpReplayPlace.InModel, () => ReadEntry(path)),
            ($"'{PathOf(path)}'", MlpReplayPlace.BesideModel, () => ReadFile(PathOf(path))),
            ($"'{path}{NextEnding}'", MlpReplayPlace.BesideModel, () => ReadFile(path + NextEnding)),
        })
        {
            try
            {
                MlpReplayMemory? memory = read();
                if (memory?.Fingerprint == fingerprint)
                    return (memory, place);
                if (memory is not null)
                    problem ??= $"{name} is the memory of another model. Delete it, or put that of this model in its place.";
            }
            catch (ModelFileException exception)
            {
                problem ??= $"{name} cannot be read: {exception.Message}";
            }
        }
        return problem is null ? (null, MlpReplayPlace.BesideModel)
            : throw new FormatException($"{char.ToUpperInvariant(problem[0])}{problem[1..]}");
    }

    private static MlpReplayMemory? ReadFile(string path) => File.Exists(path) ? MlpReplayMemory.Load(path) : null;

    private static MlpReplayMemory? ReadEntry(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        if (zip.GetEntry(EntryName) is not ZipArchiveEntry entry)
            return null;
        if (entry.Length > LargestEntry)
            throw new FormatException($"The entry {EntryName} of '{path}' unpacks to {entry.Length:N0} bytes, more than a memory has.");
        // The length that the entry states is not trusted either: the content goes to a file, not to memory, and is cut off at that length.
        using var file = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
        using (Stream stream = entry.Open())
            CopyTo(stream, file, entry.Length);
        file.Position = 0;
        return ReplayFile.Read(file);
    }

    private static void CopyTo(Stream source, Stream target, long most)
    {
        byte[] portion = new byte[1 << 16];
        for (int count; most > 0 && (count = source.Read(portion, 0, (int)Math.Min(portion.Length, most))) > 0; most -= count)
            target.Write(portion, 0, count);
    }
}
