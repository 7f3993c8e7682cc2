using System.Buffers.Binary;
using System.IO.Compression;
using Mlp.Tool.Output;

namespace Mlp.Tool.Pictures;

/// <summary>A file of bytes in rows, in the idx format of MNIST and similar data, compressed with gzip or not.</summary>
/// <remarks>
/// Big-endian: two zero bytes, the type of values (8 for bytes), the number of dimensions, their sizes as 32-bit integers, then the values.
/// </remarks>
internal sealed class IdxFile : IDisposable
{
    private const byte TypeOfBytes = 8;

    // A picture of 1,000 x 1,000; no table of pictures has more columns.
    private const int LargestRow = 1_000_000;

    private readonly string _path;
    private readonly Stream _stream;

    private IdxFile(string path, Stream stream, int rowCount, int valuesPerRow) =>
        (_path, _stream, RowCount, ValuesPerRow) = (path, stream, rowCount, valuesPerRow);

    /// <summary>Size of the first dimension.</summary>
    public int RowCount { get; }

    /// <summary>The product of the other sizes; 1 without others.</summary>
    public int ValuesPerRow { get; }

    /// <param name="path">Of the file; it is not trusted.</param>
    /// <exception cref="ToolException">It is no such file.</exception>
    public static IdxFile Open(string path)
    {
        Stream stream = File.OpenRead(path);
        try
        {
            if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                stream = new GZipStream(stream, CompressionMode.Decompress);
            Span<byte> head = stackalloc byte[4];
            Read(path, stream, head);
            if (head[0] != 0 || head[1] != 0 || head[2] != TypeOfBytes || head[3] is 0 or > 4)
                throw new ToolException(
                    ExitCode.BadInput,
                    $"{path} is no idx file of bytes: it begins with {Convert.ToHexString(head)}, where 00000801 or 00000803 is "
                        + "expected. Get it again from where it comes.");
            int rowCount = ReadSize(path, stream);
            long values = 1;
            for (int dimension = 1; dimension < head[3]; dimension++)
            {
                values *= ReadSize(path, stream);
                if (values is 0 or > LargestRow)
                    throw new ToolException(
                        ExitCode.BadInput,
                        $"{path} says that a row has {values:N0} values; it can be 1 to {LargestRow:N0}. Get it again from "
                            + "where it comes.");
            }
            return new IdxFile(path, stream, rowCount, (int)values);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="row"><see cref="ValuesPerRow"/> bytes.</param>
    /// <exception cref="ToolException">The file ends before it, or is damaged.</exception>
    public void ReadRow(Span<byte> row) => Read(_path, _stream, row);

    public void Dispose() => _stream.Dispose();

    private static int ReadSize(string path, Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Read(path, stream, bytes);
        int size = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return size >= 0 ? size : throw new ToolException(
            ExitCode.BadInput, $"{path} gives a size of {size:N0}; a size must be at least 0. Get it again from where it comes.");
    }

    private static void Read(string path, Stream stream, Span<byte> bytes)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            throw new ToolException(
                ExitCode.BadInput,
                $"{path} ends before it should, or is damaged: {exception.Message.TrimEnd('.')}. Get it again from where it comes.",
                exception);
        }
    }
}
