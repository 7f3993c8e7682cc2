using System.Numerics;
using Mlp.Data;
using Mlp.Networks;

namespace Mlp.Tests;

/// <summary>Made-up rows with numbers of which some are missing, categories and sparse slots.</summary>
internal static class Mixed
{
    public const int NumberCount = 3, SlotCount = NumberCount + 4 + 2 + SparseCount, SparseCount = 40;

    /// <summary>Numbers, of which two have bins, two categories of 4 and 2 values, two pairs of columns, and sparse slots.</summary>
    public static FeatureLayout Layout { get; } = new()
    {
        SlotCount = SlotCount,
        NumberSlots = [0, 1, 2],
        Categories = [new CategorySlots(NumberCount, 4), new CategorySlots(NumberCount + 4, 2)],
        Bins = [new BinnedNumber(0, [0]), new BinnedNumber(1, [-0.25, 0, 0.25])],
        Crosses =
        [
            new CrossedCategory(CrossedColumn.Of(category: 0, valueCount: 4), CrossedColumn.Of(new BinnedNumber(2, [-0.25, 0.25]))),
            // As if the category had got its second value later.
            new CrossedCategory(CrossedColumn.Of(new BinnedNumber(1, [0])), CrossedColumn.Of(category: 1, valueCount: 1)),
        ],
        SparseSlots = [.. Enumerable.Range(NumberCount + 6, SparseCount)],
    };

    public static InputDescription Inputs { get; } = new(NumberCount)
    {
        MissingColumns = [0, 2],
        Categories =
        [
            new CategoryDescription(4, 3), new CategoryDescription(2, 2), new CategoryDescription(2, 1), new CategoryDescription(4, 2),
            new CategoryDescription(12, 2), new CategoryDescription(2, 1),
        ],
        SparseCount = SparseCount,
    };

    /// <summary>A network of such rows, as if it had learnt something of every value: a new one knows nothing of them.</summary>
    public static Network<T> Network<T>(IReadOnlyList<Layer> layers, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Mlp.Network<T>.Create(Inputs, layers, seed);
        var random = new Random(seed);
        foreach (ParameterTensor tensor in network.Parameters.Tensors.Where(tensor => tensor.Input is not null))
        {
            foreach (ref T value in network.Parameters[tensor])
                value = T.CreateTruncating(random.NextDouble() - 0.5);
        }
        return network;
    }

    /// <summary>A row as a vector of all slots.</summary>
    public static T[] Vector<T>(Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var vector = new T[SlotCount];
        for (int column = 0; column < NumberCount; column++)
            vector[column] = column != 1 && random.Next(4) == 0 ? T.NaN : T.CreateTruncating(random.NextDouble() - 0.5);
        int first = random.Next(5), second = random.Next(3);
        if (first > 0)
            vector[NumberCount + first - 1] = T.One;
        if (second > 0)
            vector[NumberCount + 4 + second - 1] = T.One;
        for (int count = random.Next(5); count > 0; count--)
            vector[NumberCount + 6 + random.Next(SparseCount)] = T.CreateTruncating(random.NextDouble() + 0.1);
        return vector;
    }

    /// <summary>Rows as a training has them.</summary>
    public static FeatureTable<T> Table<T>(IEnumerable<T[]> vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var builder = new FeatureTableBuilder<T>(Layout, expectedRowCount: null);
        foreach (T[] vector in vectors)
            builder.Add(isDense: true, [], vector, [], hasMissing: true);
        return builder.ToTable();
    }

    public static RowTable<T> Rows<T>(int rowCount, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T[][] vectors = [.. Enumerable.Range(0, rowCount).Select(_ => Vector<T>(random))];
        // What there is to learn: the category and the first sparse slots, and whether the first number is missing.
        T[] targets = [.. vectors.Select(vector => vector[NumberCount] - vector[NumberCount + 5] + vector[NumberCount + 6]
            + (T.IsNaN(vector[0]) ? T.One : vector[0]))];
        return new RowTable<T>(Table(vectors), new RowBlocks<T>(targets, 1));
    }
}
