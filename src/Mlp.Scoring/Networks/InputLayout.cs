using Mlp.Data;
using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>Which slots of a feature vector are numbers, which belong to a category, and which are kept as index and value.</summary>
internal sealed class InputLayout
{
    /// <summary>A place that no slot of a network has: it was 0 in all rows of the training, and is not looked at.</summary>
    public const int Ignored = -1;

    private const int FirstOther = -2, MostSlots = 1 << 24, MostEdges = 1 << 20, MostCrosses = 1 << 10;

    /// <param name="reader">At the layout.</param>
    /// <param name="hasCrosses">Whether the weights can have pairs of columns.</param>
    public InputLayout(WeightsReader reader, bool hasCrosses)
    {
        SlotCount = reader.ReadInt32(0, MostSlots, "number of features");
        NumberCount = reader.ReadInt32(0, SlotCount, "number of numbers");
        int[] numberSlots = reader.ReadIndices(NumberCount, SlotCount, "slots of numbers");
        int categoryCount = reader.ReadInt32(0, SlotCount, "number of categories");
        int[] firsts = reader.ReadIndices(categoryCount, SlotCount, "slots of categories");
        int[] valueCounts = reader.ReadIndices(categoryCount, MostSlots, "sizes of categories");
        Bins = new BinnedNumber[reader.ReadInt32(0, NumberCount, "number of numbers with bins")];
        for (int index = 0; index < Bins.Length; index++)
            Bins[index] = ReadBins(reader, NumberCount);
        Crosses = new CrossedCategory[hasCrosses ? reader.ReadInt32(0, MostCrosses, "number of pairs of columns") : 0];
        for (int index = 0; index < Crosses.Length; index++)
            Crosses[index] = ReadCross(reader, NumberCount, valueCounts);
        int keyCount = reader.ReadInt32(0, MostSlots, "number of key columns");
        int[] keySizes = reader.ReadIndices(keyCount, MostSlots, "sizes of key columns");
        SparseCount = reader.ReadInt32(0, SlotCount, "number of sparse slots");
        int[] sparseSlots = reader.ReadIndices(SparseCount, SlotCount, "sparse slots");
        IsIdentity = NumberCount == SlotCount && numberSlots.AsSpan().SequenceEqual([.. Enumerable.Range(0, NumberCount)]);
        (SlotCategoryCount, FirstSlots) = (categoryCount, firsts);
        ValueCounts = [.. valueCounts, .. Bins.Select(bins => bins.ValueCount), .. Crosses.Select(cross => cross.ValueCount), .. keySizes];
        Places = new int[SlotCount];
        Array.Fill(Places, Ignored);
        for (int index = 0; index < NumberCount; index++)
            Places[numberSlots[index]] = index;
        for (int category = 0; category < categoryCount; category++)
        {
            if (valueCounts[category] > SlotCount - firsts[category])
                throw reader.Error($"category {category}, of {valueCounts[category]:N0} values, beyond the last feature");
            Places.AsSpan(firsts[category], valueCounts[category]).Fill(FirstOther - category);
        }
        for (int index = 0; index < SparseCount; index++)
            Places[sparseSlots[index]] = FirstOther - categoryCount - index;
    }

    public int SlotCount { get; }

    public int NumberCount { get; }

    public int SparseCount { get; }

    /// <summary>Whether a row's numbers are its features.</summary>
    public bool IsIdentity { get; }

    /// <summary>Categories that are slots of the feature vector; bins and those of columns of their own come after them.</summary>
    public int SlotCategoryCount { get; }

    /// <summary>Numbers whose bins are categories, after those that are slots.</summary>
    public BinnedNumber[] Bins { get; }

    /// <summary>Pairs of columns that are categories, after the bins.</summary>
    public CrossedCategory[] Crosses { get; }

    /// <summary>Where those begin.</summary>
    public int FirstCross => SlotCategoryCount + Bins.Length;

    /// <summary>Where the categories begin that have columns of their own.</summary>
    public int FirstKey => FirstCross + Crosses.Length;

    /// <summary>The first slot of each category that has slots.</summary>
    public int[] FirstSlots { get; }

    /// <summary>How many values each category has.</summary>
    public int[] ValueCounts { get; }

    public int CategoryCount => ValueCounts.Length;

    /// <summary>For each slot the number it is, or <see cref="Ignored"/>, or below that a category or a sparse slot.</summary>
    public int[] Places { get; }

    private static CrossedCategory ReadCross(WeightsReader reader, int numberCount, int[] valueCounts)
    {
        var cross = new CrossedCategory(ReadColumn(reader, numberCount, valueCounts), ReadColumn(reader, numberCount, valueCounts));
        return (long)cross.First.ValueCount * cross.Second.ValueCount <= MostSlots ? cross
            : throw reader.Error($"a pair of columns of {cross.First.ValueCount:N0} and {cross.Second.ValueCount:N0} values");
    }

    private static CrossedColumn ReadColumn(WeightsReader reader, int numberCount, int[] valueCounts)
    {
        int category = reader.ReadInt32(-1, valueCounts.Length - 1, "category of a pair");
        return category < 0 ? CrossedColumn.Of(ReadBins(reader, numberCount))
            : CrossedColumn.Of(category, reader.ReadInt32(1, valueCounts[category], "values of a category of a pair"));
    }

    private static BinnedNumber ReadBins(WeightsReader reader, int numberCount)
    {
        int number = reader.ReadInt32(0, numberCount - 1, "number with bins");
        float[] edges = reader.ReadFloats(reader.ReadInt32(1, MostEdges, "number of edges of bins"), "edges of bins");
        return new BinnedNumber(number, [.. edges.Select(edge => (double)edge)]);
    }

    /// <summary>What a place below <see cref="Ignored"/> is: a category, or beyond those a sparse slot.</summary>
    public static int OtherOf(int place) => FirstOther - place;
}
