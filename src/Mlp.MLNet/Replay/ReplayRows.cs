using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.State;

namespace Mlp.MLNet.Replay;

/// <summary>The rows of a memory in its file.</summary>
/// <remarks>
/// int32 rows; where there are some: int32 dense numbers, categories and targets of a row; one byte each that is 1 where rows have sparse
/// slots and weights; the numbers (float), row-major; the categories (int32); of each row int32 sparse entries, their slots (int32) and
/// values (float); the targets (float); the weights (float); of each row int32 the network that holds it out, −1 for none.
/// </remarks>
internal static class ReplayRows
{
    private const int MaxNetworkCount = 1_000;

    public static void Write(LittleEndianWriter writer, Reservoir reservoir)
    {
        writer.WriteInt32(reservoir.RowCount);
        if (reservoir.Rows is not { } rows)
            return;
        FeatureLayout layout = rows.Features.Layout;
        writer.WriteInt32(layout.NumberSlots.Length);
        writer.WriteInt32(layout.CategoryCount);
        writer.WriteInt32(rows.Targets.RowLength);
        writer.WriteBoolean(layout.SparseSlots.Length > 0);
        writer.WriteBoolean(rows.ExampleWeights is not null);
        for (int row = 0; layout.NumberSlots.Length > 0 && row < rows.RowCount; row++)
            writer.WriteValues<float>(rows.Features.Numbers![row]);
        for (int row = 0; row < rows.RowCount; row++)
            writer.WriteValues(rows.Features.CategoriesOf(row));
        for (int row = 0; layout.SparseSlots.Length > 0 && row < rows.RowCount; row++)
        {
            writer.WriteInt32(rows.Features.Sparse!.SlotsOf(row).Length);
            writer.WriteValues<int>(rows.Features.Sparse.SlotsOf(row));
            writer.WriteValues<float>(rows.Features.Sparse.ValuesOf(row));
        }
        for (int row = 0; row < rows.RowCount; row++)
            writer.WriteValues<float>(rows.Targets[row]);
        for (int row = 0; rows.ExampleWeights is not null && row < rows.RowCount; row++)
            writer.WriteValues<float>(rows.ExampleWeights[row]);
        writer.WriteValues<int>(reservoir.Folds);
    }

    /// <summary>Reads rows. Which slots they come from, the model says.</summary>
    /// <param name="reader">At the rows.</param>
    /// <param name="capacity">There are no more of them.</param>
    /// <exception cref="ModelFileException">What the file says is not possible, or not there.</exception>
    public static (TrainingRows? Rows, int[] Folds) Read(LittleEndianReader reader, int capacity)
    {
        reader.StartSection("rows", sizeof(int));
        int count = reader.ReadCount("rows", 0, capacity);
        if (count == 0)
            return (null, []);
        reader.StartSection("rows", 3 * sizeof(int) + 2);
        int numbers = reader.ReadCount("numbers of a row", 0, Array.MaxLength);
        int categories = reader.ReadCount("categories of a row", 0, Array.MaxLength);
        int targetCount = reader.ReadCount("targets of a row", 1, Array.MaxLength);
        bool hasSparse = reader.ReadBoolean("sparse slots");
        bool hasWeights = reader.ReadBoolean("weights");

        float[] values = reader.ReadNumbers<float>((long)count * numbers, "numbers of the rows", mayBeInfinite: true);
        Check(reader, !values.Any(float.IsInfinity), "an infinite number");
        int[] indices = ReadIntegers(reader, (long)count * categories, "categories of the rows");
        Check(reader, indices.All(index => index >= 0), "a negative category");
        SparseRows<float>? entries = hasSparse ? ReadSparse(reader, count) : null;
        float[] targets = reader.ReadValues<float>((long)count * targetCount, "labels of the rows");
        float[]? weights = hasWeights ? reader.ReadValues<float>(count, "weights of the rows") : null;
        Check(reader, weights?.All(weight => weight > 0) != false, "a weight that is not positive");
        int[] folds = ReadIntegers(reader, count, "folds of the rows");
        Check(reader, folds.All(fold => fold is >= RowFolds.None and < MaxNetworkCount), "a row that no network can hold out");

        // Slots, and how many values categories have, are the model's: what is here is compared with it before the rows are used.
        var layout = new FeatureLayout
        {
            SlotCount = numbers,
            NumberSlots = new int[numbers],
            KeyCounts = new int[categories],
            SparseSlots = hasSparse ? [0] : [],
        };
        var table = new FeatureTable<float>(
            layout, numbers == 0 ? null : new RowBlocks<float>(values, numbers),
            categories == 0 ? null : new RowBlocks<int>(indices, categories), entries, count);
        return (new TrainingRows(
            table, new RowBlocks<float>(targets, targetCount), weights is null ? null : new RowBlocks<float>(weights, 1)), folds);
    }

    private static SparseRows<float> ReadSparse(LittleEndianReader reader, int rowCount)
    {
        var rows = new SparseRows<float>();
        for (int row = 0; row < rowCount; row++)
        {
            reader.StartSection("sparse slots of a row", sizeof(int));
            int count = reader.ReadCount("sparse slots of a row", 0, Array.MaxLength);
            int[] slots = ReadIntegers(reader, count, "sparse slots of a row");
            for (int index = 0; index < count; index++)
                Check(reader, slots[index] > (index == 0 ? -1 : slots[index - 1]), "slots that do not rise");
            rows.Add(slots, reader.ReadValues<float>(count, "sparse values of a row"));
        }
        return rows;
    }

    private static int[] ReadIntegers(LittleEndianReader reader, long count, string name)
    {
        reader.StartSection(name, count * sizeof(int));
        if (count > Array.MaxLength)
            throw reader.Error($"{reader.Kind} holds {count:N0} values in the {name}; an array holds at most {Array.MaxLength:N0}.");
        var values = new List<int>();
        for (long index = 0; index < count; index++)
            values.Add(reader.ReadInt32());
        return [.. values];
    }

    private static void Check(LittleEndianReader reader, bool isFine, string found)
    {
        if (!isFine)
            throw reader.Error($"{reader.Kind} has {found} in its rows. It is damaged; save or transfer it again.");
    }
}
