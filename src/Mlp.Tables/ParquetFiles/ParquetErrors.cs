namespace Mlp.Tables.ParquetFiles;

/// <summary>What goes wrong in a Parquet file, in words.</summary>
internal static class ParquetErrors
{
    /// <summary>Runs what reads a file, and names the file in whatever it throws.</summary>
    /// <exception cref="TableException">The file is not there, or damaged.</exception>
    public static T Read<T>(string path, Func<Task<T>> read)
    {
        try
        {
            // Files are read at once; there is nothing to wait for.
            return read().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException(
                path, $"{path} does not exist. Check the path; relative ones begin at {Environment.CurrentDirectory}.", inner: exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new TableException(path, $"{path} cannot be read: {exception.Message.TrimEnd('.')}.", inner: exception);
        }
        // The reader of Parquet checks little, so that damage may end in any exception.
        catch (Exception exception) when (exception is not (TableException or OperationCanceledException or OutOfMemoryException))
        {
            string cause = exception.GetBaseException().Message.Split('\n')[0].Trim().TrimEnd('.');
            throw new TableException(
                path, $"{path} is damaged, or no Parquet file that can be read: {cause}. Write or copy it again.", inner: exception);
        }
    }
}
