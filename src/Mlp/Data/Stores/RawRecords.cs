using System.Runtime.InteropServices;

namespace Mlp.Data.Stores;

/// <summary>Reads the rows of a bucket that does not fit in memory.</summary>
internal static class RawRecords
{
    /// <summary>Is shown all bytes of a row.</summary>
    public delegate void RecordAction(ReadOnlySpan<byte> record);

    /// <summary>Shows the rows in their order.</summary>
    /// <exception cref="RowStoreException">The file cannot be read, or is damaged.</exception>
    public static void ForEach(string path, RecordAction action, Action checkCancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20);
            var record = new byte[1 << 12];
            for (long row = 0; file.Position < file.Length; row++)
            {
                if (row % (1 << 12) == 0)
                    checkCancellation();
                long start = file.Position;
                file.ReadExactly(record.AsSpan(0, sizeof(int)));
                int length = MemoryMarshal.Read<int>(record);
                if (length < RawRowWriter.HeaderBytes || length > file.Length - start)
                    throw new EndOfStreamException($"A row at byte {start:N0} has {length} as its length.");
                if (record.Length < length)
                    Array.Resize(ref record, length);
                file.ReadExactly(record.AsSpan(sizeof(int), length - sizeof(int)));
                action(record.AsSpan(0, length));
            }
        }
        catch (Exception exception) when (exception is (IOException or UnauthorizedAccessException) and not RowStoreException)
        {
            throw new RowStoreException(
                $"Bucket '{path}' of a row store cannot be read: {exception.Message} Train again: the rows are then read from their "
                    + "source.",
                exception);
        }
    }
}
