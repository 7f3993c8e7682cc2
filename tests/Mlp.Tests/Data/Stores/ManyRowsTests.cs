using Mlp.Data;
using Mlp.Data.Stores;
using Mlp.Networks;
using Mlp.State;

namespace Mlp.Tests.Data.Stores;

/// <summary>Tables of more than 2³¹ rows.</summary>
public class ManyRowsTests
{
    private const long Count = (1L << 31) + 3 * MadeUpBlocks.RowsOfBlock + 5;

    private static readonly StoredRows Rows = new(new MadeUpBlocks(Count), new InputDescription(1), classCount: 0, foldCount: 1);

    [Fact]
    public void RowsBehindTheLastInt_AreRead_AndCounted()
    {
        Assert.Equal(Count, Rows.Count);
        string message = Assert.Throws<InvalidOperationException>(() => Rows.RowCount).Message;
        Assert.Contains("2,147,876,869 rows", message, StringComparison.Ordinal);
        IRowStream<float> stream = At(Rows, seed: null, epoch: 1, position: Count - 1_000);

        Assert.Equal([.. Enumerable.Range(0, 1_000).Select(index => Count - 1_000 + index)], Numbers(stream, 1_000));
    }

    [Fact]
    public void ShuffledEpoch_GoesOnAnywhere_WithDifferentRows()
    {
        // Across a border of windows, too.
        foreach (long position in (long[])[(1L << 31) - 10, Count - 1_000])
        {
            List<long> found = Numbers(At(Rows, seed: 3, epoch: 2, position), 1_000);
            Assert.Equal(1_000, found.Distinct().Count());
            Assert.All(found, number => Assert.InRange(number, 0, Count - 1));
            Assert.Equal(found[400..], Numbers(At(Rows, seed: 3, epoch: 2, position + 400), 600));
            Assert.NotEqual(found, Numbers(At(Rows, seed: 3, epoch: 3, position), 1_000));
        }
    }

    [Fact]
    public void Parts_AddUp()
    {
        (IStreamedRows<float> training, IStreamedRows<float> validation) = Rows.HoldOut(0);
        Assert.Equal(Count, training.Count + validation.Count);
        Assert.InRange(validation.Count / (double)Count, 0.199, 0.201);
    }

    [Fact]
    public void Batches_EndWithTheEpoch()
    {
        var batches = new MiniBatches<float>(Rows, batchSize: 400, new RandomSource(1));
        Restore(batches, Count - 1_000, 1, Count - 1_000);
        var sizes = new List<int>();
        while (batches.MoveNext())
        {
            sizes.Add(batches.ExampleWeights.Length);
            Assert.Equal(sizes.Count == 3, batches.IsLast);
        }
        Assert.Equal([400, 400, 200], sizes);
    }

    [Fact]
    public void HashedParts_ReachBeyondAnInt()
    {
        var folds = new HeldOutFolds(Seed: 1, FoldCount: 5, Fraction: 0.1);
        int[] groups = [.. Enumerable.Range(0, 10_000).Select(index => folds.GroupOf((1L << 33) + index))];
        // 1,000 ± 30 in each of the five, and the rest.
        Assert.All(groups.Where(group => group < 5).CountBy(group => group), pair => Assert.InRange(pair.Value, 850, 1_150));
        Assert.InRange(groups.Count(group => group == 5), 4_750, 5_250);
    }

    private static IRowStream<float> At(StoredRows rows, ulong? seed, long epoch, long position)
    {
        IRowStream<float> stream = rows.Open(seed);
        Restore(stream, epoch, position);
        return stream;
    }

    private static void Restore(ICheckpointed state, params ReadOnlySpan<long> values)
    {
        var bytes = new MemoryStream();
        var writer = new LittleEndianWriter(bytes);
        foreach (long value in values)
            writer.WriteInt64(value);
        bytes.Position = 0;
        var reader = new LittleEndianReader(bytes);
        reader.StartBody(bytes.Length);
        state.Exchange(new StateReader(reader));
    }

    private static List<long> Numbers(IRowStream<float> stream, int count)
    {
        var batch = new FeatureBatch<float>(new InputDescription(1), count);
        float[] targets = new float[count], weights = new float[count];
        stream.Read(count, batch, targets, weights);
        var numbers = new List<long>();
        for (int row = 0; row < count; row++)
            numbers.Add(MadeUpBlocks.NumberOf(batch.Numbers[row], targets[row]));
        return numbers;
    }
}
