using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>The files of one store, in a folder of their own that only its owner may read.</summary>
/// <param name="path">Of the folder.</param>
/// <param name="create">Opens a file for writing; null for the file system.</param>
internal sealed class StoreFolder(string path, Func<string, Stream>? create = null)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What the names of all such folders begin with.</summary>
    public const string NamePrefix = "mlp-rows-";

    public string Path => path;

    /// <summary>Beside the folder: locked for as long as a training uses it.</summary>
    public string LockPath => path + ".lock";

    /// <summary>The blocks; it has this name when it is complete.</summary>
    public string BlockPath => System.IO.Path.Combine(path, "rows");

    /// <summary>What was found out about the rows; it has this name when it is complete.</summary>
    public string SurveyPath => System.IO.Path.Combine(path, "survey");

    /// <summary>Whether the training has a checkpoint, with which it goes on after a kill and finds the rows again.</summary>
    public bool HasCheckpoint => File.Exists(CheckpointMark);

    private string CheckpointMark => System.IO.Path.Combine(path, "checkpoint");

    private string PartialBlockPath => BlockPath + ".part";

    /// <summary>Whether a training that ended before its time has left all rows.</summary>
    public bool IsComplete => File.Exists(BlockPath) && File.Exists(SurveyPath);

    public string BucketPath(int bucket) => System.IO.Path.Combine(path, $"bucket.{bucket:D3}");

    /// <summary>Makes the folder, empty.</summary>
    /// <param name="hasCheckpoint"><see cref="HasCheckpoint"/>.</param>
    /// <exception cref="RowStoreException">It cannot be made.</exception>
    public void Begin(bool hasCheckpoint = false)
    {
        try
        {
            Delete();
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, OwnerOnly);
            if (hasCheckpoint)
                File.Create(CheckpointMark).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RowStoreException(
                $"The folder '{path}' of a row store cannot be made: {exception.Message} Give RowStore a Directory that exists and lets "
                    + "files be made.",
                exception);
        }
    }

    /// <summary>Removes everything.</summary>
    public void Delete()
    {
        if (!Directory.Exists(path))
            return;
        // First what says that the others are there: a kill may come in between.
        File.Delete(BlockPath);
        Directory.Delete(path, recursive: true);
    }

    /// <exception cref="RowStoreException">It cannot be made.</exception>
    public StoreFile CreateFile(string filePath) => new(filePath, create ?? OpenFile);

    /// <inheritdoc cref="CreateFile"/>
    public StoreFile CreateBlockFile() => CreateFile(PartialBlockPath);

    /// <summary>The blocks are all there.</summary>
    public void CompleteBlocks() => File.Move(PartialBlockPath, BlockPath, overwrite: true);

    /// <summary>Saves what was found out about the rows.</summary>
    /// <exception cref="RowStoreException">It cannot be written.</exception>
    public void WriteSurvey(TableSurvey survey)
    {
        var body = new MemoryStream();
        var writer = new LittleEndianWriter(body);
        survey.Exchange(new StateWriter(writer));
        writer.WriteInt32((int)writer.Checksum);
        string partial = SurveyPath + ".part";
        using (StoreFile file = CreateFile(partial))
        {
            file.Write(body.ToArray());
            file.FlushToDisk();
        }
        File.Move(partial, SurveyPath, overwrite: true);
    }

    /// <summary>Reads it back.</summary>
    /// <param name="survey">Of the same columns; overwritten.</param>
    /// <exception cref="ModelFileException">It is damaged.</exception>
    public void ReadSurvey(TableSurvey survey)
    {
        using var stream = new FileStream(SurveyPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        var reader = new LittleEndianReader(stream, $"'{SurveyPath}'");
        reader.StartBody(stream.Length);
        survey.Exchange(new StateReader(reader));
        uint checksum = reader.Checksum;
        reader.StartSection("checksum", sizeof(int));
        if ((uint)reader.ReadInt32() != checksum || reader.Remaining > 0)
            throw reader.Error($"'{SurveyPath}' has another checksum than it says: it is damaged.");
    }

    private static FileStream OpenFile(string filePath) =>
        new(filePath, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 12);
}
