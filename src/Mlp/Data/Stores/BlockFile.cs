using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>A file of blocks, as <see cref="BlockFileWriter"/> writes it. Blocks are read explicitly: mapped into memory they were several
/// times slower where memory is short.</summary>
internal sealed class BlockFile : IBlockSource, IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly StoredBlock[] _blocks;

    /// <param name="path">Of the file.</param>
    /// <exception cref="RowStoreException">It cannot be read, or is damaged; the message names it.</exception>
    public BlockFile(string path)
    {
        _path = path;
        try
        {
            _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RowStoreException($"Row store '{path}' cannot be opened: {exception.Message} {RunAgain}", exception);
        }
        try
        {
            (Layout, _blocks) = ReadIndex();
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    public StoredRowLayout Layout { get; }

    public IReadOnlyList<StoredBlock> Blocks => _blocks;

    private static string RunAgain => "Train again: the rows are then read from their source.";

    /// <inheritdoc/>
    public void Read(int index, Span<byte> bytes)
    {
        StoredBlock block = _blocks[index];
        string name = $"Block {index:N0} of {_blocks.Length:N0} of row store '{_path}' (byte {block.Offset:N0}, {block.Length:N0} bytes)";
        ReadBytes(block.Offset, bytes, name);
        var checksum = new Crc32C();
        checksum.Add(bytes);
        if (checksum.Value != block.Checksum)
        {
            throw new RowStoreException(
                $"{name} has checksum {checksum.Value:x8} where the index says {block.Checksum:x8}: it is damaged. {RunAgain} If it "
                    + "happens again, give RowStore a Directory on another disk.");
        }
    }

    public void Dispose() => _handle.Dispose();

    private (StoredRowLayout Layout, StoredBlock[] Blocks) ReadIndex()
    {
        long length = RandomAccess.GetLength(_handle);
        if (length < BlockFileWriter.FooterBytes)
            throw Damaged("is shorter than its footer");
        var footer = new byte[BlockFileWriter.FooterBytes];
        ReadBytes(length - footer.Length, footer, $"The footer of row store '{_path}'");
        if (!footer.AsSpan(footer.Length - 8).SequenceEqual(BlockFileWriter.Magic))
            throw Damaged("does not end as a row store does");
        ReadOnlySpan<int> counts = MemoryMarshal.Cast<byte, int>(footer.AsSpan(0, 24));
        long offset = BitConverter.ToInt64(footer, 24), indexLength = length - footer.Length - offset;
        if (counts.ContainsAnyInRange(int.MinValue, -1) || indexLength != (long)counts[5] * BlockFileWriter.EntryBytes || offset < 0
            || indexLength > Array.MaxLength)
        {
            throw Damaged("has an index of another length than its footer says");
        }
        var index = new byte[indexLength];
        ReadBytes(offset, index, $"The index of row store '{_path}'");
        var checksum = new Crc32C();
        checksum.Add(index);
        checksum.Add(footer.AsSpan(0, 32));
        if (checksum.Value != BitConverter.ToUInt32(footer, 32))
            throw Damaged("has an index or footer of another checksum than it says");
        var blocks = new StoredBlock[counts[5]];
        for (int block = 0; block < blocks.Length; block++)
        {
            ReadOnlySpan<byte> entry = index.AsSpan(block * BlockFileWriter.EntryBytes, BlockFileWriter.EntryBytes);
            blocks[block] = new StoredBlock(
                BitConverter.ToInt64(entry), BitConverter.ToInt32(entry[8..]), BitConverter.ToInt32(entry[12..]),
                BitConverter.ToInt32(entry[16..]), BitConverter.ToUInt32(entry[20..]));
        }
        return (new StoredRowLayout(counts[0], counts[1], counts[2], counts[3], counts[4] != 0), blocks);
    }

    private void ReadBytes(long offset, Span<byte> bytes, string name)
    {
        while (!bytes.IsEmpty)
        {
            int count;
            try
            {
                count = RandomAccess.Read(_handle, bytes, offset);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new RowStoreException($"{name} cannot be read: {exception.Message} {RunAgain}", exception);
            }
            if (count == 0)
                throw new RowStoreException($"{name} is cut off: {bytes.Length:N0} bytes are missing. {RunAgain}");
            offset += count;
            bytes = bytes[count..];
        }
    }

    private RowStoreException Damaged(string what) => new($"Row store '{_path}' {what}: it is damaged. {RunAgain}");
}
