using Mlp.Data;

namespace Mlp.Tests.Data;

public class FeatureTableBuilderTests
{
    [Fact]
    public void NarrowVectors_AreDenseNumbers()
    {
        FeatureTable<float> table = Build(3, [], [[1, 0, 0], [0, float.NaN, 2]]);
        Assert.True(table.Layout.IsIdentity);
        Assert.Equal([1], table.MissingColumns);
        Assert.Equal([0, float.NaN, 2], table.Numbers![1].ToArray());
        Assert.Null(table.Sparse);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WideVectors_AreSplitByWhatTheyHold(bool isDense)
    {
        const int SlotCount = 1000;
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 2000).Select(_ =>
        {
            var row = new float[SlotCount];
            // Two numbers between words, a category at the end.
            row[10] = random.NextSingle() + 1;
            row[500] = random.Next(8) == 0 ? float.NaN : random.NextSingle() + 1;
            row[997 + random.Next(3)] = 1;
            for (int word = 0; word < 3; word++)
                row[random.Next(100, 400)] = random.NextSingle() + 0.5f;
            return row;
        })];
        FeatureTable<float> table = Build(SlotCount, [new CategorySlots(997, 3)], rows, isDense);
        Assert.Equal([10, 500], table.Layout.NumberSlots);
        Assert.Equal([1], table.MissingColumns);
        // Those without any value are left out.
        Assert.All(table.Layout.SparseSlots, slot => Assert.InRange(slot, 100, 399));
        Assert.InRange(table.Layout.SparseSlots.Length, 280, 300);
        AssertHolds(table, rows);
    }

    [Fact]
    public void WideDenseVectors_StayDense()
    {
        var random = new Random(2);
        float[][] rows = [.. Enumerable.Range(0, 1100).Select(_ => (float[])[.. Enumerable.Range(0, 400)
            .Select(slot => random.Next(5) == 0 ? random.NextSingle() : 0)])];
        FeatureTable<float> table = Build(400, [], rows);
        Assert.True(table.Layout.IsIdentity);
        AssertHolds(table, rows);
    }

    [Fact]
    public void CategoryThatIsNone_BecomesNumbersOfItsSlots()
    {
        float[][] rows = [[5, 1, 0, 0, 1, 0], [6, 0, 0, 1, 0, 1], [7, 1, 1, 0, 0, 1], [8, 0, 0.5f, 0, 1, 0], [9, 0, 0, 0, 0, 0]];
        FeatureTable<float> table = Build(6, [new CategorySlots(1, 3), new CategorySlots(4, 2)], rows);
        Assert.Equal([new CategorySlots(4, 2)], table.Layout.Categories);
        Assert.Equal([1, 2, 3], table.Layout.SparseSlots);
        AssertHolds(table, rows);
    }

    [Fact]
    public void TwoCategoriesThatAreNone_BecomeNumbersOfTheirSlots()
    {
        float[][] rows = [[1, 0, 1, 0], [0, 1, 1, 1], [1, 1, 0, 1], [2, 0, 0, 3]];
        FeatureTable<float> table = Build(4, [new CategorySlots(0, 2), new CategorySlots(2, 2)], rows);
        Assert.Empty(table.Layout.Categories);
        AssertHolds(table, rows);
    }

    [Fact]
    public void TakingBack_LeavesTheOtherRows()
    {
        var builder = new FeatureTableBuilder<float>(1000, [new CategorySlots(0, 2)], keyCounts: [5], expectedRowCount: null);
        builder.Add(isDense: false, [1, 700], [1, 2], keys: [4], hasMissing: false);
        builder.Add(isDense: false, [0, 701], [1, 2], keys: [3], hasMissing: false);
        builder.RemoveLast();
        builder.Add(isDense: false, [700], [3], keys: [0], hasMissing: false);
        FeatureTable<float> table = builder.ToTable();
        Assert.Equal(2, table.RowCount);
        Assert.Equal([2, 4], table.CategoriesOf(0).ToArray());
        Assert.Equal([0, 0], table.CategoriesOf(1).ToArray());
    }

    [Fact]
    public void MissingValues_OfSparseSlots_AreCounted_AndLeftOut()
    {
        // The first thousand rows decide what is sparse; the missing value comes after them.
        float[][] rows = [.. Enumerable.Range(0, 1001).Select(row =>
        {
            var vector = new float[400];
            vector[row % 400] = row == 1000 ? float.NaN : 1;
            return vector;
        })];
        FeatureTable<float> table = Build(400, [], rows);
        Assert.Equal(400, table.Layout.SparseSlots.Length);
        Assert.Equal(1, table.MissingSparseCount);
        Assert.Empty(table.MissingColumns);
        Assert.Equal(0, table.Sparse!.SlotsOf(1000).Length);
    }

    [Theory]
    [InlineData(1, 1f, 400)]
    [InlineData(2, 1f, 200)]
    // A row of weight 2 is as if there twice; one of a small weight is there.
    [InlineData(2, 2f, 400)]
    [InlineData(2, 0.1f, 200)]
    // Where nothing would be left, the most frequent ones stay.
    [InlineData(3, 1f, 200)]
    public void SparseSlotsOfFewRows_AreLeftOut(int minimumRowCount, float weight, int expectedCount)
    {
        // Even slots are in two rows each, odd ones in one.
        var builder = new FeatureTableBuilder<float>(400, [], keyCounts: [], expectedRowCount: null)
        {
            MinimumSlotRowCount = minimumRowCount,
        };
        for (int row = 0; row < 400; row++)
            builder.Add(isDense: false, [row], [row + 1], keys: [], hasMissing: false);
        for (int row = 0; row < 400; row += 2)
            builder.Add(isDense: false, [row], [row + 1], keys: [], hasMissing: false);
        var weights = new RowBlocks<float>([.. Enumerable.Repeat(weight, 600)], 1);
        FeatureTable<float> table = builder.ToTable(weights);
        Assert.Equal(
            Enumerable.Range(0, 400).Where(slot => expectedCount == 400 || slot % 2 == 0).Take(expectedCount), table.Layout.SparseSlots);
        for (int row = 0; row < 400; row++)
        {
            bool isKept = expectedCount == 400 || row % 2 == 0;
            Assert.Equal(isKept ? [row + 1] : [], table.Sparse!.ValuesOf(row).ToArray());
            Assert.Equal(isKept ? [row] : [], table.Sparse.SlotsOf(row).ToArray().Select(slot => table.Layout.SparseSlots[slot]));
        }
    }

    [Fact]
    public void OfEmptyRows_OneSlotStays()
    {
        FeatureTable<float> table = Build(400, [], [new float[400], new float[400]]);
        Assert.Equal([0], table.Layout.SparseSlots);
        Assert.Equal(0, table.Sparse!.SlotsOf(1).Length);
    }

    private static FeatureTable<float> Build(int slotCount, CategorySlots[] categories, float[][] rows, bool isDense = true)
    {
        var builder = new FeatureTableBuilder<float>(slotCount, categories, keyCounts: [], expectedRowCount: null);
        foreach (float[] row in rows)
        {
            int[] slots = [.. Enumerable.Range(0, slotCount).Where(slot => row[slot] != 0)];
            if (isDense)
                builder.Add(isDense, [], row, [], row.Any(float.IsNaN));
            else
                builder.Add(isDense, slots, [.. slots.Select(slot => row[slot])], [], row.Any(float.IsNaN));
        }
        return builder.ToTable();
    }

    /// <summary>The table put together again, and the encoder for the rows one by one.</summary>
    private static void AssertHolds(FeatureTable<float> table, float[][] rows)
    {
        FeatureLayout layout = table.Layout;
        var encoder = new FeatureEncoder<float>(layout);
        for (int row = 0; row < rows.Length; row++)
        {
            var vector = new float[layout.SlotCount];
            for (int column = 0; column < layout.NumberSlots.Length; column++)
                vector[layout.NumberSlots[column]] = table.Numbers![row][column];
            for (int category = 0; category < layout.Categories.Length; category++)
            {
                if (table.CategoriesOf(row)[category] is > 0 and int value)
                    vector[layout.Categories[category].First + value - 1] = 1;
            }
            for (int index = 0; index < (table.Sparse?.SlotsOf(row).Length ?? 0); index++)
                vector[layout.SparseSlots[table.Sparse!.SlotsOf(row)[index]]] = table.Sparse.ValuesOf(row)[index];
            Assert.Equal(rows[row], vector);

            encoder.Encode(rows[row]);
            AssertIsRow(row);
            int[] slots = [.. Enumerable.Range(0, vector.Length).Where(slot => vector[slot] != 0)];
            encoder.Encode(slots, [.. slots.Select(slot => vector[slot])]);
            AssertIsRow(row);
        }

        void AssertIsRow(int row)
        {
            if (table.Numbers is not null)
                Assert.Equal(table.Numbers[row].ToArray(), encoder.Numbers.ToArray());
            Assert.Equal(table.CategoriesOf(row).ToArray(), encoder.Categories.ToArray());
            if (table.Sparse is null)
                return;
            Assert.Equal(table.Sparse.SlotsOf(row).ToArray(), encoder.SparseSlots.ToArray());
            Assert.Equal(table.Sparse.ValuesOf(row).ToArray(), encoder.SparseValues.ToArray());
        }
    }
}
