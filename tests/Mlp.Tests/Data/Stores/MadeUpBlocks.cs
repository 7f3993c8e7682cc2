using System.Runtime.InteropServices;
using Mlp.Data.Stores;

namespace Mlp.Tests.Data.Stores;

/// <summary>Blocks of more rows than an int can count, made up when they are read: number and target are the row's number, modulo 2²⁴ and
/// over it.</summary>
internal sealed class MadeUpBlocks : IBlockSource
{
    public const int RowsOfBlock = 1 << 17;

    public MadeUpBlocks(long rowCount)
    {
        var blocks = new List<StoredBlock>();
        for (long row = 0; row < rowCount; row += RowsOfBlock)
        {
            int count = (int)Math.Min(RowsOfBlock, rowCount - row);
            int group = blocks.Count % 5 == 4 ? 0 : 1;
            blocks.Add(new StoredBlock(row * Layout.RowBytes, count * Layout.RowBytes, count, group, Checksum: 0));
        }
        Blocks = blocks;
    }

    public StoredRowLayout Layout { get; } = new(NumberCount: 1, CategoryCount: 0, SparseCount: 0, TargetCount: 1, HasWeights: false);

    public IReadOnlyList<StoredBlock> Blocks { get; }

    public static long NumberOf(float number, float target) => (long)number + ((long)target << 24);

    public void Read(int index, Span<byte> bytes)
    {
        Span<float> floats = MemoryMarshal.Cast<byte, float>(bytes);
        long row = Blocks[index].Offset / Layout.RowBytes;
        for (int place = 0; place < floats.Length; place += 2, row++)
            (floats[place], floats[place + 1]) = (row & ((1 << 24) - 1), row >> 24);
    }
}
