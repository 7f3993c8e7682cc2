using Mlp.Data;
using Mlp.Data.Stores;
using Mlp.State;

namespace Mlp.Tests.Data.Stores;

public class StoredRowsTests
{
    // 2,000 rows of 2,000 numbers are 16 MB: sixteen blocks in two windows.
    private const int ManyRows = 2_000, ManyNumbers = 2_000;

    [Fact]
    public void Epoch_HasEveryRowOnce_InAnotherOrderEachTime()
    {
        using var table = new StoredTable();
        StoredRows rows = table.Write(Vectors(500, 3), Targets(500));
        IRowStream<float> stream = rows.Open(seed: 5);
        List<string> first = StoredTable.Epoch(rows, stream), second = StoredTable.Epoch(rows, stream);
        string[] expected = [.. Enumerable.Range(0, 500).Select(row => $"{row} {row + 0.25f} {row + 0.5f} | | | {row} | 1")];

        Assert.Equal(expected.Order(), first.Order());
        Assert.Equal(expected.Order(), second.Order());
        Assert.NotEqual(first, second);
        // A function of seed and epoch, whatever the batches.
        Assert.Equal(first, StoredTable.Epoch(rows, rows.Open(seed: 5), batchSize: 64));
        Assert.NotEqual(first, StoredTable.Epoch(rows, rows.Open(seed: 6)));
    }

    [Fact]
    public void WithoutSeed_EveryEpochHasTheOrderOfTheFile_WhichIsShuffled()
    {
        using var table = new StoredTable();
        StoredRows rows = table.Write(Vectors(500, 1), Targets(500));
        IRowStream<float> stream = rows.Open(seed: null);
        List<string> first = StoredTable.Epoch(rows, stream);

        Assert.Equal(first, StoredTable.Epoch(rows, stream));
        int[] order = [.. first.Select(row => int.Parse(row.Split(' ')[0]))];
        Assert.NotEqual(Enumerable.Range(0, 500), order);
        Assert.Equal(Enumerable.Range(0, 500), order.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MixedRows_ComeBackAsTheyWere(bool hasWeights)
    {
        var random = new Random(3);
        float[][] vectors = [.. Enumerable.Range(0, 300).Select(_ => Mixed.Vector<float>(random))];
        float[] targets = Targets(300), weights = [.. targets.Select(target => 1 + target / 8)];
        FeatureTable<float> inMemory = Mixed.Table(vectors);
        using var table = new StoredTable();
        StoredRows rows = table.Write(Mixed.Layout, vectors, targets, hasWeights ? weights : null);

        List<string> found = StoredTable.Epoch(rows, rows.Open(seed: 1));

        IEnumerable<string> expected = Enumerable.Range(0, 300).Select(row => string.Join(' ', [
            .. inMemory.Numbers![row].ToArray().Select(number => $"{number:R}"), "|",
            .. inMemory.CategoriesOf(row).ToArray().Select(each => $"{each}"), "|",
            .. inMemory.Sparse!.SlotsOf(row).ToArray().Zip(
                inMemory.Sparse.ValuesOf(row).ToArray(), (slot, value) => $"{slot}:{value:R}"), "|",
            $"{targets[row]:R}", "|", $"{(hasWeights ? weights[row] : 1):R}"]));
        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public void Classes_AreOneTargetEach()
    {
        using var table = new StoredTable();
        StoredRows rows = table.Write([[1], [2], [3]], [0, 2, 1], classCount: 3);

        Assert.True(rows.HasOneClass);
        Assert.Equal(3, rows.TargetCount);
        Assert.Equal(["1 | | | 1 0 0 | 1", "2 | | | 0 0 1 | 1", "3 | | | 0 1 0 | 1"], StoredTable.Epoch(rows, rows.Open(seed: 1)).Order());
    }

    [Fact]
    public void RowsByIndex_AreThoseOfTheFile()
    {
        using var table = new StoredTable();
        StoredRows rows = table.Write(Vectors(50, 2), Targets(50));
        float[] inputs = new float[6], targets = new float[3], weights = new float[3];
        List<string> order = StoredTable.Epoch(rows, rows.Open(seed: null));

        rows.Read([49, 0, 7], inputs, targets, weights);

        Assert.Equal([order[49], order[0], order[7]], Enumerable.Range(0, 3).Select(
            row => $"{inputs[2 * row]} {inputs[2 * row + 1]} | | | {targets[row]} | {weights[row]}"));
    }

    [Fact]
    public void Interrupted_AtAnyRow_GoesOnWithTheSameRows()
    {
        using var table = new StoredTable();
        StoredRows rows = table.Write(
            [.. Enumerable.Range(0, ManyRows).Select(row => Enumerable.Repeat((float)row, ManyNumbers).ToArray())], Targets(ManyRows),
            mostBucketBytes: 1 << 24);
        IRowStream<float> whole = rows.Open(seed: 9);
        whole.StartEpoch();
        _ = TargetsOf(rows, whole, ManyRows);
        whole.StartEpoch();
        float[] second = TargetsOf(rows, whole, ManyRows);
        foreach (int position in (int[])[0, 1, 700, ManyRows / 2, ManyRows - 1, ManyRows])
        {
            IRowStream<float> before = rows.Open(seed: 9), after = rows.Open(seed: 9);
            before.StartEpoch();
            before.StartEpoch();
            _ = TargetsOf(rows, before, position);

            Exchange(before, after);

            Assert.Equal(second[position..], TargetsOf(rows, after, ManyRows - position));
        }
        Assert.Equal(ManyRows, second.Distinct().Count());
    }

    [Fact]
    public void HeldOutParts_HaveEveryRowOnce_AndTheRestIsTrainedOn()
    {
        var folds = new HeldOutFolds(Seed: 4, FoldCount: 3, Fraction: 0.2);
        using var table = new StoredTable();
        StoredRows rows = table.Write(Vectors(5_000, 1), Targets(5_000), folds: folds);
        var heldOut = new List<string>();
        for (int fold = 0; fold < 3; fold++)
        {
            var (training, validation) = ((StoredRows, StoredRows))rows.HoldOut(fold);
            List<string> trained = StoredTable.Epoch(training, training.Open(1)),
                validated = StoredTable.Epoch(validation, validation.Open(1));
            Assert.Equal(5_000, trained.Concat(validated).Distinct().Count());
            Assert.Equal(5_000, trained.Count + validated.Count);
            // 1,000 ± 28.
            Assert.InRange(validated.Count, 850, 1_150);
            heldOut.AddRange(validated);
            Assert.Equal(Enumerable.Range(0, 5_000).Where(row => folds.GroupOf(row) == fold).Select(row => (float)row).Order(),
                validated.Select(row => float.Parse(row.Split(' ')[0])).Order());
        }
        Assert.Equal(heldOut.Count, heldOut.Distinct().Count());
    }

    [Fact]
    public void TooFewRowsToHoldOut_AreRefused()
    {
        using var table = new StoredTable();
        StoredRows rows = table.Write([[1], [2]], [1, 2], folds: new HeldOutFolds(Seed: 0, FoldCount: 8, Fraction: 0.1));
        var exception = Assert.Throws<InvalidOperationException>(() =>
        {
            for (int fold = 0; fold < 8; fold++)
                rows.HoldOut(fold);
        });
        Assert.Contains("Of 2 rows none is in one of the 8 parts", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LargeBuckets_AreScatteredOverOthers_WithoutLosingARow()
    {
        using var table = new StoredTable();
        StoredRows rows = table.Write(Vectors(3_000, 4), Targets(3_000), bucketCount: 1, mostBucketBytes: 5_000);

        Assert.Equal(3_000, StoredTable.Epoch(rows, rows.Open(seed: 1)).Distinct().Count());
        Assert.Equal(["rows"], Directory.GetFiles(table.Folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void SameRowsAndSeed_GiveTheSameFile()
    {
        byte[][] files = [.. new ulong[] { 1, 1, 2 }.Select(seed =>
        {
            using var table = new StoredTable();
            _ = table.Write(Vectors(400, 2), Targets(400), seed: seed);
            return File.ReadAllBytes(table.Folder.BlockPath);
        })];
        Assert.Equal(files[0], files[1]);
        Assert.NotEqual(files[0], files[2]);
    }

    internal static void Exchange(ICheckpointed from, ICheckpointed to)
    {
        var bytes = new MemoryStream();
        from.Exchange(new StateWriter(new LittleEndianWriter(bytes)));
        bytes.Position = 0;
        var reader = new LittleEndianReader(bytes);
        reader.StartBody(bytes.Length);
        to.Exchange(new StateReader(reader));
        Assert.Equal(0, reader.Remaining);
    }

    private static float[] TargetsOf(StoredRows rows, IRowStream<float> stream, int count)
    {
        float[] targets = new float[count], weights = new float[count];
        stream.Read(count, new FeatureBatch<float>(rows.Inputs, Math.Max(1, count)), targets, weights);
        return targets;
    }

    private static float[][] Vectors(int rowCount, int length) =>
        [.. Enumerable.Range(0, rowCount).Select(row => Enumerable.Range(0, length).Select(index => row + index / 4f).ToArray())];

    private static float[] Targets(int rowCount) => [.. Enumerable.Range(0, rowCount).Select(row => (float)row)];
}
