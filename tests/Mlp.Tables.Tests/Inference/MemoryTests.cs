using System.Text;

namespace Mlp.Tables.Tests.Inference;

[Collection(nameof(MemoryTests))]
public sealed class MemoryTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_TwiceTheRows_TakesNoMoreMemory()
    {
        // Beyond the limits of what is counted only the comparison of rows grows, by 16 to 32 bytes for each of the first million.
        long once = AllocatedFor(rows: 30_000), twice = AllocatedFor(rows: 60_000);

        Assert.InRange(twice, 0, once + 3_000_000);
        Assert.InRange(twice, 0, 12_000_000);
    }

    [Fact]
    public void Inspect_ManyColumns_ShareTheLimits()
    {
        var random = new Random(2);
        var text = new StringBuilder();
        for (int row = 0; row < 60; row++)
            text.AppendJoin(',', Enumerable.Range(0, 20_000).Select(_ => random.Next(1_000_000))).Append('\n');
        string path = _folder.Write(text.ToString());

        long before = GC.GetAllocatedBytesForCurrentThread();
        var table = TableFile.Inspect(path, new TableOptions());

        Assert.Equal((20_000, 60L), (table.Columns.Count, table.RowCount));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 190_000_000);
    }

    private long AllocatedFor(int rows)
    {
        var text = new StringBuilder("a,b,c,y\n");
        for (int row = 0; row < rows; row++)
            text.Append($"{row * 0.37},text number {row * 7919 % rows},{row % 10},{row % 3}\n");
        string path = _folder.Write(text.ToString());
        // The least of several: a collection empties the pool of buffers at any time, and they are allocated again.
        return Enumerable.Range(0, 4).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            TableFile.Inspect(path, new TableOptions { Label = "y" });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
