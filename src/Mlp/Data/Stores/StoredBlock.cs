namespace Mlp.Data.Stores;

/// <summary>Where a block of rows lies, and what it holds.</summary>
/// <param name="Offset">Of its first byte in the file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="RowCount">Its rows, at least 1.</param>
/// <param name="Group">The part of the table that all of its rows belong to.</param>
/// <param name="Checksum">CRC-32C of its bytes.</param>
internal readonly record struct StoredBlock(long Offset, int Length, int RowCount, int Group, uint Checksum);
