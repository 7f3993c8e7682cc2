using Mlp.Data;

namespace Mlp.Tests.Data;

/// <summary>Which pairs of columns are worth being a category, and what the values of a pair are.</summary>
public sealed class CrossSearchTests
{
    private const int RowCount = 6_000, Months = 6, Days = 10;

    [Fact]
    public void TheValuesOfAPair_AreCountedRowByRow_AndUnknownOnesAreNone()
    {
        var cross = new CrossedCategory(CrossedColumn.Of(category: 3, valueCount: 2), CrossedColumn.Of(new BinnedNumber(0, [1, 2])));
        Assert.Equal(6, cross.ValueCount);
        Assert.Equal([1, 2, 3], Enumerable.Range(1, 3).Select(second => cross.ValueOf(1, second)));
        Assert.Equal([4, 5, 6], Enumerable.Range(1, 3).Select(second => cross.ValueOf(2, second)));
        Assert.Equal(0, cross.ValueOf(0, 1));
        Assert.Equal(0, cross.ValueOf(1, 0));
        // What has come to the columns since.
        Assert.Equal(0, cross.ValueOf(3, 1));
        Assert.Equal(0, cross.ValueOf(1, 4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void ColumnsThatSayMoreTogether_AreFound_AndNoOthers(int classCount)
    {
        CrossedCategory pair = Assert.Single(Find(classCount, effect: 1));
        Assert.Equal((0, 1), (pair.First.Bins!.Number, pair.Second.Bins!.Number));
        Assert.Equal(Months * Days, pair.ValueCount);
        Assert.Equal([1, 2, 3, 4, 5], pair.First.Bins.Edges);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void SumsOfColumns_AndNoise_HaveNone(int classCount) => Assert.Empty(Find(classCount, effect: 0));

    [Fact]
    public void ACategory_AndANumber_AreAPairToo()
    {
        var random = new Random(5);
        var layout = new FeatureLayout { SlotCount = 9, NumberSlots = [0], Categories = [new CategorySlots(1, 8)] };
        var builder = new FeatureTableBuilder<float>(layout, expectedRowCount: null);
        double[] effects = Effects(8 * Days, random);
        var targets = new float[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            var vector = new float[9];
            (int category, int day) = (random.Next(8), random.Next(Days));
            (vector[0], vector[1 + category]) = (day, 1);
            builder.Add(isDense: true, [], vector, [], hasMissing: false);
            targets[row] = (float)(effects[category * Days + day] + random.NextDouble());
        }
        CrossedCategory pair = Assert.Single(CrossSearch.Find(builder.ToTable(), new RowBlocks<float>(targets, 1), 0, most: 3, seed: 1));
        Assert.Equal((0, 0), (pair.First.Category, pair.Second.Bins!.Number));
    }

    [Fact]
    public void AtMostAsManyAsAsked_AndNoneOfTablesOfCounts()
    {
        Assert.Empty(Find(classCount: 0, effect: 1, most: 0));
        Assert.Empty(Find(classCount: 0, effect: 1, noiseColumns: 45));
        Assert.Empty(Find(classCount: 0, effect: 1, rowCount: 400));
    }

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(20_000, 8)]
    [InlineData(2, 0)]
    public void WideTables_AndCategoriesOfManyValues_TakeLittleMemory(int columns, int levels)
    {
        const int Rows = 1_000, KeyValues = 50_000_000;
        var random = new Random(4);
        var layout = FeatureLayout.Dense(columns) with { KeyCounts = [KeyValues] };
        float[] numbers = [.. Enumerable.Range(0, Rows * columns)
            .Select(place => levels > 0 || place % columns < 2 ? random.Next(Math.Max(levels, 8)) : random.NextSingle())];
        int[] keys = [.. Enumerable.Range(0, Rows).Select(_ => 1 + random.Next(KeyValues))];
        var table = new FeatureTable<float>(
            layout, new RowBlocks<float>(numbers, columns), new RowBlocks<int>(keys, 1), sparse: null, Rows);
        var targets = new RowBlocks<float>([.. keys.Select(_ => random.NextSingle())], 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(CrossSearch.Find(table, targets, classCount: 0, most: 3, seed: 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000_000);
    }

    [Fact]
    public void Rows_GetThePairs_AndLoseThemAgain()
    {
        var pair = new CrossedCategory(CrossedColumn.Of(new BinnedNumber(0, [1, 2])), CrossedColumn.Of(new BinnedNumber(1, [5])));
        var table = new FeatureTable<float>(new RowBlocks<float>([0, 5, 1, 4, 2, float.NaN], 2));
        FeatureTable<float> with = table.WithCrosses([pair]);
        Assert.Equal([2, 3, 0], Enumerable.Range(0, 3).Select(row => with.CategoriesOf(row)[0]));
        Assert.True(with.WithCrosses([]).Layout.IsIdentity);
        Assert.Equal(0, with.WithCrosses([]).CategoriesOf(1).Length);
    }

    private static CrossedCategory[] Find(
        int classCount, double effect, int most = 3, int noiseColumns = 2, int rowCount = RowCount)
    {
        var random = new Random(3);
        double[] effects = Effects(Months * Days, random);
        int columns = 3 + noiseColumns;
        (float[] values, float[] targets) = (new float[rowCount * columns], new float[rowCount]);
        for (int row = 0; row < rowCount; row++)
        {
            Span<float> features = values.AsSpan(row * columns, columns);
            (features[0], features[1], features[2]) = (random.Next(Months), random.Next(Days), random.NextSingle());
            for (int column = 3; column < columns; column++)
                features[column] = random.Next(8);
            double score = effect * effects[(int)(features[0] * Days + features[1])] + 0.2 * features[0] - 0.1 * features[1] + features[2]
                + 2 * random.NextDouble() - 1;
            targets[row] = classCount == 0 ? (float)score : Math.Clamp((int)Math.Floor(score + classCount / 2.0), 0, classCount - 1);
        }
        return CrossSearch.Find(
            new FeatureTable<float>(new RowBlocks<float>(values, columns)), new RowBlocks<float>(targets, 1), classCount, most, seed: 1);
    }

    private static double[] Effects(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? -1.0 : 1)];
}
