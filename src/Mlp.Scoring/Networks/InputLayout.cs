using Mlp.Data;
using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>Which slots of a feature vector are numbers, which belong to a category, and which are kept as index and value.</summary>
internal sealed class InputLayout
{
    /// <summary>A place that no slot of a network has: it was 0 in all rows of the training, and is not looked at.</summary>
    public const int Ignored = -1;

    private const int FirstOther = -2, MostSlots = 1 << 24, MostEdges = 1 << 20;

    public InputLayout(WeightsReader reader)
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
        int keyCount = reader.ReadInt32(0, MostSlots, "number of key columns");
        int[] keySizes = reader.ReadIndices(keyCount, MostSlots, "sizes of key columns");
        SparseCount = reader.ReadInt32(0, SlotCount, "number of sparse slots");
        int[] sparseSlots = reader.ReadIndices(SparseCount, SlotCount, "sparse slots");
        IsIdentity = NumberCount == SlotCount && numberSlots.AsSpan().SequenceEqual([.. Enumerable.Range(0, NumberCount)]);
        (SlotCategoryCount, FirstSlots) = (categoryCount, firsts);
        ValueCounts = [.. valueCounts, .. Bins.Select(bins => bins.ValueCount), .. keySizes];
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

    /// <summary>Where the categories begin that have columns of their own.</summary>
    public int FirstKey => SlotCategoryCount + Bins.Length;

    /// <summary>The first slot of each category that has slots.</summary>
    public int[] FirstSlots { get; }

    /// <summary>How many values each category has.</summary>
    public int[] ValueCounts { get; }

    public int CategoryCount => ValueCounts.Length;

    /// <summary>For each slot the number it is, or <see cref="Ignored"/>, or below that a category or a sparse slot.</summary>
    public int[] Places { get; }

    private static BinnedNumber ReadBins(WeightsReader reader, int numberCount)
    {
        int number = reader.ReadInt32(0, numberCount - 1, "number with bins");
        float[] edges = reader.ReadFloats(reader.ReadInt32(1, MostEdges, "number of edges of bins"), "edges of bins");
        return new BinnedNumber(number, [.. edges.Select(edge => (double)edge)]);
    }

    /// <summary>What a place below <see cref="Ignored"/> is: a category, or beyond those a sparse slot.</summary>
    public static int OtherOf(int place) => FirstOther - place;
}
