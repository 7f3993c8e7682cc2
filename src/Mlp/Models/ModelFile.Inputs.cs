using System.Numerics;
using Mlp.Data;
using Mlp.Networks;
using Mlp.State;

namespace Mlp;

/// <content>What the features are: numbers that may be missing, categories, sparse slots.</content>
public static partial class ModelFile
{
    // In place of the first slot of a category.
    private const int OwnColumn = -1, Binned = -2, Crossed = -3;

    // In place of the category that is half of a pair.
    private const int BinsOfNumber = -1;

    private static bool HasBins<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Layout is { Bins.Length: > 0 };

    private static bool HasCrosses<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Layout is { Crosses.Length: > 0 };

    private static bool HasCurves<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Scaling is { Curves.Length: > 0 };

    private static bool HasInputs<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        HasCurves(model) || model.Layout is not null || model.Middles is not null || !model.Network.Inputs.IsDense;

    private static void WriteInputs<T>(LittleEndianWriter writer, Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        InputDescription inputs = model.Network.Inputs;
        writer.WriteBoolean(model.Middles is not null);
        if (model.Middles is { } middles)
            writer.WriteValues<T>(middles);
        WriteIntegers(writer, inputs.MissingColumns);
        writer.WriteBoolean(model.Layout is not null);
        if (model.Layout is not { } layout)
            return;
        writer.WriteInt32(layout.SlotCount);
        foreach (int slot in layout.NumberSlots)
            writer.WriteInt32(slot);
        writer.WriteInt32(layout.CategoryCount);
        for (int category = 0; category < layout.CategoryCount; category++)
        {
            writer.WriteInt32(
                category < layout.Categories.Length ? layout.Categories[category].First
                : layout.BinsOf(category) is not null ? Binned : layout.CrossOf(category) is not null ? Crossed : OwnColumn);
            writer.WriteInt32(inputs.Categories[category].ValueCount);
            writer.WriteInt32(inputs.Categories[category].Width);
            if (layout.BinsOf(category) is { } bins)
                WriteBins(writer, bins);
            if (layout.CrossOf(category) is not { } cross)
                continue;
            foreach (CrossedColumn column in (CrossedColumn[])[cross.First, cross.Second])
            {
                writer.WriteInt32(column.Bins is null ? column.Category : BinsOfNumber);
                writer.WriteInt32(column.ValueCount);
                if (column.Bins is not null)
                    WriteBins(writer, column.Bins);
            }
        }
        WriteIntegers(writer, layout.SparseSlots);
        writer.WriteBoolean(model.SparseScaling is not null);
        if (model.SparseScaling is not { } scaling)
            return;
        writer.WriteValues(scaling.Factors);
        writer.WriteBoolean(scaling.Limit is not null);
        if (scaling.Limit is { } limit)
            writer.WriteValues<T>([limit]);
    }

    private static void WriteBins(LittleEndianWriter writer, BinnedNumber bins)
    {
        writer.WriteInt32(bins.Number);
        foreach (double edge in bins.Edges)
            writer.WriteDouble(edge);
    }

    private static void WriteIntegers(LittleEndianWriter writer, IReadOnlyList<int> values)
    {
        writer.WriteInt32(values.Count);
        foreach (int value in values)
            writer.WriteInt32(value);
    }

    private static Features<T> ReadInputs<T>(LittleEndianReader reader, int version, ref Architecture architecture)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int numberCount = architecture.Inputs.NumberCount;
        T[]? middles = reader.ReadBoolean("middles")
            ? reader.ReadValues<T>(numberCount, $"middles of the {numberCount:N0} inputs") : null;
        int[] missing = ReadAscending(reader, "numbers that may be missing", numberCount);
        architecture = architecture with { Inputs = architecture.Inputs with { MissingColumns = missing } };
        FeatureLayout? layout = null;
        FeatureScaling<T>? sparseScaling = null;
        if (reader.ReadBoolean("layout"))
        {
            layout = ReadLayout(reader, version, ref architecture);
            if (reader.ReadBoolean("scaling of the sparse slots"))
                sparseScaling = ReadSparseScaling<T>(reader, layout.SparseSlots.Length);
        }
        if (architecture.Inputs.EncodedCount + architecture.Inputs.SparseCount is < 1 or > int.MaxValue)
            throw reader.Error(
                $"Model file has {architecture.Inputs.EncodedCount + architecture.Inputs.SparseCount:N0} inputs of its first layer; 1 to "
                    + $"{int.MaxValue:N0} are possible.");
        return new Features<T>(layout, middles, sparseScaling);
    }

    private static FeatureLayout ReadLayout(LittleEndianReader reader, int version, ref Architecture architecture)
    {
        reader.StartSection("layout", sizeof(int));
        int slotCount = reader.ReadCount("slots", minimum: 1, maximum: Array.MaxLength);
        int[] numberSlots = ReadAscending(reader, "number slots", slotCount, architecture.Inputs.NumberCount);
        reader.StartSection("categories", sizeof(int));
        int categoryCount = reader.ReadCount("categories", minimum: 0, maximum: (int)Math.Min(int.MaxValue, reader.Remaining / 12));
        reader.StartSection("categories", 12L * categoryCount);
        var (ranges, bins, crosses) = (new List<CategorySlots>(), new List<BinnedNumber>(), new List<CrossedCategory>());
        var (keys, descriptions) = (new List<int>(), new List<CategoryDescription>());
        for (int next = 0; descriptions.Count < categoryCount;)
        {
            int first = reader.ReadInt32();
            int valueCount = reader.ReadCount("values of a category", minimum: 1, maximum: Array.MaxLength);
            int width = reader.ReadCount("numbers per value of a category", minimum: 1, maximum: Array.MaxLength);
            bool isKey = first == OwnColumn, isBinned = first == Binned && version >= VersionWithBins && keys.Count + crosses.Count == 0,
                isCrossed = first == Crossed && version >= VersionWithCrosses && keys.Count == 0;
            int others = keys.Count + bins.Count + crosses.Count;
            if (!isKey && !isBinned && !isCrossed && (first < next || others > 0 || valueCount > slotCount - first))
                throw reader.Error(
                    $"Model file has a category in slots {first:N0} to {first + (long)valueCount - 1:N0} of {slotCount:N0}, the ones "
                        + $"before {next:N0} being taken. It is damaged; save or transfer it again.");
            descriptions.Add(new CategoryDescription(valueCount, width));
            if (isKey)
                keys.Add(valueCount);
            else if (isBinned)
                bins.Add(ReadBins(reader, valueCount, bins.Count == 0 ? 0 : bins[^1].Number + 1, architecture.Inputs.NumberCount));
            else if (isCrossed)
                crosses.Add(ReadCross(reader, valueCount, ranges, architecture.Inputs.NumberCount));
            else
            {
                ranges.Add(new CategorySlots(first, valueCount));
                next = first + valueCount;
            }
        }
        int[] sparseSlots = ReadAscending(reader, "sparse slots", slotCount);
        CheckDisjoint(reader, numberSlots, ranges, sparseSlots);
        architecture = architecture with
        {
            Inputs = architecture.Inputs with { Categories = descriptions, SparseCount = sparseSlots.Length },
        };
        return new FeatureLayout
        {
            SlotCount = slotCount,
            NumberSlots = numberSlots,
            Categories = [.. ranges],
            Bins = [.. bins],
            Crosses = [.. crosses],
            KeyCounts = [.. keys],
            SparseSlots = sparseSlots,
        };
    }

    private static CrossedCategory ReadCross(LittleEndianReader reader, int valueCount, List<CategorySlots> categories, int numberCount)
    {
        (CrossedColumn first, CrossedColumn second) = (ReadColumn(), ReadColumn());
        if ((long)first.ValueCount * second.ValueCount != valueCount)
        {
            throw reader.Error(
                $"Model file has a pair of columns of {first.ValueCount:N0} and {second.ValueCount:N0} values as a category of "
                    + $"{valueCount:N0}. It is damaged; save or transfer it again.");
        }
        return new CrossedCategory(first, second);

        CrossedColumn ReadColumn()
        {
            reader.StartSection("a column of a pair", 2 * sizeof(int));
            int category = reader.ReadInt32();
            int count = reader.ReadCount("values of a column of a pair", minimum: 1, maximum: Array.MaxLength);
            if (category == BinsOfNumber)
                return CrossedColumn.Of(ReadBins(reader, count, leastNumber: 0, numberCount));
            if (category < 0 || category >= categories.Count || categories[category].ValueCount < count)
            {
                throw reader.Error(
                    $"Model file has category {category:N0}, of {count:N0} values, as half of a pair; there are {categories.Count:N0} "
                        + "with slots. It is damaged; save or transfer it again.");
            }
            return CrossedColumn.Of(category, count);
        }
    }

    private static BinnedNumber ReadBins(LittleEndianReader reader, int valueCount, int leastNumber, int numberCount)
    {
        reader.StartSection("bins of a number", sizeof(int) + sizeof(double) * (valueCount - 1L));
        int number = reader.ReadCount("as the number of some bins", minimum: leastNumber, maximum: numberCount - 1);
        var edges = new List<double>();
        while (edges.Count < valueCount - 1)
        {
            double edge = reader.ReadDouble();
            if (!double.IsFinite(edge) || (edges.Count > 0 && edge <= edges[^1]))
            {
                throw reader.Error(
                    $"Model file has {edge} as edge {edges.Count + 1} of the bins of number {number}; finite numbers that ascend are "
                        + "possible. It is damaged; save or transfer it again.");
            }
            edges.Add(edge);
        }
        if (edges.Count == 0)
            throw reader.Error($"Model file has a single bin of number {number}; at least two are possible.");
        return new BinnedNumber(number, [.. edges]);
    }

    /// <summary>A slot is a number, of a category, sparse, or none of these. All three are ascending. Nothing is made as large as the
    /// number of slots, which is a claim.</summary>
    private static void CheckDisjoint(LittleEndianReader reader, int[] numberSlots, List<CategorySlots> ranges, int[] sparseSlots)
    {
        (int number, int sparse) = (0, 0);
        foreach (CategorySlots range in ranges)
        {
            number = FirstFrom(numberSlots, number, range.First);
            sparse = FirstFrom(sparseSlots, sparse, range.First);
            // No sum: it may not fit.
            if (number < numberSlots.Length && numberSlots[number] - range.First < range.ValueCount)
                throw Taken(numberSlots[number], "a number", "of a category");
            if (sparse < sparseSlots.Length && sparseSlots[sparse] - range.First < range.ValueCount)
                throw Taken(sparseSlots[sparse], "a sparse one", "of a category");
        }
        sparse = 0;
        foreach (int slot in numberSlots)
        {
            sparse = FirstFrom(sparseSlots, sparse, slot);
            if (sparse < sparseSlots.Length && sparseSlots[sparse] == slot)
                throw Taken(slot, "a number", "a sparse one");
        }

        static int FirstFrom(int[] slots, int index, int least)
        {
            while (index < slots.Length && slots[index] < least)
                index++;
            return index;
        }

        ModelFileException Taken(int slot, string one, string other) => reader.Error(
            $"Model file has slot {slot:N0} of the features as {one} and {other}. It is damaged; save or transfer it again.");
    }

    private static FeatureScaling<T> ReadSparseScaling<T>(LittleEndianReader reader, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] factors = reader.ReadValues<T>(count, $"factors of the {count:N0} sparse slots");
        T? limit = null;
        if (reader.ReadBoolean("the limit of the sparse slots"))
        {
            limit = reader.ReadValues<T>(1, "limit of the sparse slots")[0];
            if (limit <= T.Zero)
                throw reader.Error($"Model file has {limit} as the limit of the sparse slots; only positive numbers are possible.");
        }
        return new FeatureScaling<T>(new T[count], factors, limit);
    }

    /// <summary>Integers from 0 on, each larger than the one before.</summary>
    /// <param name="reader">At their number, if that is not known.</param>
    /// <param name="name">For messages.</param>
    /// <param name="limit">None is as large.</param>
    /// <param name="count">How many there are; null where the file says it.</param>
    private static int[] ReadAscending(LittleEndianReader reader, string name, int limit, int? count = null)
    {
        if (count is null)
            reader.StartSection(name, sizeof(int));
        int length = count ?? reader.ReadCount(name, minimum: 0, maximum: limit);
        reader.StartSection(name, (long)length * sizeof(int));
        // A list, which grows as they arrive: so far their number is a mere claim.
        var values = new List<int>();
        while (values.Count < length)
            values.Add(reader.ReadCount($"as the next of the {name}", minimum: values.Count == 0 ? 0 : values[^1] + 1, limit - 1));
        return [.. values];
    }

    /// <summary>What a file says of the features.</summary>
    private readonly record struct Features<T>(FeatureLayout? Layout, T[]? Middles, FeatureScaling<T>? SparseScaling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
