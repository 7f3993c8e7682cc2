namespace Mlp.Data.Stores;

/// <summary>Blocks of rows, read by several threads at once.</summary>
internal interface IBlockSource
{
    StoredRowLayout Layout { get; }

    IReadOnlyList<StoredBlock> Blocks { get; }

    /// <summary>Reads a block.</summary>
    /// <param name="index">Of the block, zero-based.</param>
    /// <param name="bytes">As many as it has; overwritten.</param>
    /// <exception cref="RowStoreException">It cannot be read, or is damaged.</exception>
    void Read(int index, Span<byte> bytes);
}
