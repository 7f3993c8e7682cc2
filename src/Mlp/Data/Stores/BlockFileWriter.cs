using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>Writes a file of blocks.</summary>
/// <remarks>
/// <para>In the byte order of the machine: the file is read by the training that wrote it, or by one that goes on from it.</para>
/// <code>
/// blocks    rows as StoredRowLayout has them, and behind them their sparse entries
/// index     for each block int64 offset, int32 bytes, int32 rows, int32 group, uint32 CRC-32C
/// footer    int32 numbers, categories, sparse slots, targets, 1 where rows have weights or 0
///           int32 blocks, int64 offset of the index
///           uint32 CRC-32C of index and footer up to here
///           8 bytes "MLPROWS1"
/// </code>
/// </remarks>
internal sealed class BlockFileWriter(StoreFile file, StoredRowLayout layout) : IDisposable
{
    public const int EntryBytes = 24, FooterBytes = 44;

    private readonly List<StoredBlock> _blocks = [];

    public static ReadOnlySpan<byte> Magic => "MLPROWS1"u8;

    /// <summary>Appends a block.</summary>
    /// <param name="bytes">Of its rows and entries.</param>
    /// <param name="rowCount">At least 1.</param>
    /// <param name="group">Of all its rows.</param>
    /// <exception cref="RowStoreException">It cannot be written.</exception>
    public void Add(ReadOnlySpan<byte> bytes, int rowCount, int group)
    {
        var checksum = new Crc32C();
        checksum.Add(bytes);
        _blocks.Add(new StoredBlock(file.Length, bytes.Length, rowCount, group, checksum.Value));
        file.Write(bytes);
    }

    /// <summary>Writes what makes the file complete, down to the disk.</summary>
    /// <exception cref="RowStoreException">It cannot be written.</exception>
    public void Finish()
    {
        var tail = new MemoryStream();
        using (var writer = new BinaryWriter(tail))
        {
            foreach (StoredBlock block in _blocks)
            {
                writer.Write(block.Offset);
                writer.Write(block.Length);
                writer.Write(block.RowCount);
                writer.Write(block.Group);
                writer.Write(block.Checksum);
            }
            foreach (int count in (ReadOnlySpan<int>)
                [layout.NumberCount, layout.CategoryCount, layout.SparseCount, layout.TargetCount, layout.HasWeights ? 1 : 0])
            {
                writer.Write(count);
            }
            writer.Write(_blocks.Count);
            writer.Write(file.Length);
            var checksum = new Crc32C();
            checksum.AddValues<byte>(tail.ToArray());
            writer.Write(checksum.Value);
            writer.Write(Magic);
        }
        file.Write(tail.ToArray());
        file.FlushToDisk();
    }

    public void Dispose() => file.Dispose();
}
