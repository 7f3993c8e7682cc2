using Mlp.Data;
using Mlp.MLNet.Evaluation;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Replay;

namespace Mlp.MLNet.Training;

/// <summary>The columns whose distribution a memory keeps: numbers, categories, key columns, what rows have of sparse slots,
/// label.</summary>
internal static class ReplayColumns
{
    /// <summary>Counts all values of rows.</summary>
    /// <param name="rows">Not scaled.</param>
    /// <param name="sample">Of them or of others: the bins of numbers are its deciles. Null where <paramref name="bins"/> are
    /// given.</param>
    /// <param name="bins">Those of an earlier training; null to find them.</param>
    /// <param name="classCount">Classes of the label; 0 for numbers.</param>
    public static ColumnHistogram[] Count(TrainingRows rows, TrainingRows? sample, ColumnHistogram[]? bins, int classCount)
    {
        FeatureLayout layout = rows.Features.Layout;
        var columns = new List<ColumnHistogram>();
        for (int number = 0; number < layout.NumberSlots.Length; number++)
            AddNumber(table => Values(table.Features.Numbers!, number));
        for (int category = 0; category < layout.CategoryCount; category++)
        {
            // Bins and pairs are those of columns that are there already.
            if (!layout.IsDerived(category))
                AddCategory(row => rows.Features.CategoriesOf(row)[category], layout.ValueCountOf(category));
        }
        if (layout.SparseSlots.Length > 0)
            AddNumber(table => Enumerable.Range(0, table.RowCount).Select(row => (float)table.Features.Sparse!.SlotsOf(row).Length));
        if (classCount > 0)
            AddCategory(row => (int)rows.Targets[row][0] + 1, classCount);
        for (int target = 0; classCount == 0 && target < rows.Targets.RowLength; target++)
            AddNumber(table => Values(table.Targets, target));
        return [.. columns];

        void AddNumber(Func<TrainingRows, IEnumerable<float>> values) => columns.Add(
            (bins?[columns.Count] ?? ColumnHistogram.ForNumber(values(sample!))).Count(values(rows)));

        void AddCategory(Func<int, int> value, int valueCount) =>
            columns.Add(ColumnHistogram.CountCategory(Enumerable.Range(0, rows.RowCount).Select(value), valueCount));
    }

    /// <summary>Whether the columns of a memory are those of a model.</summary>
    public static bool Fit(ColumnHistogram[] columns, FeatureLayout layout, int targetCount, int classCount)
    {
        int numbers = layout.NumberSlots.Length, categories = layout.Categories.Length + layout.KeyCounts.Length;
        int sparse = layout.SparseSlots.Length > 0 ? 1 : 0, labels = classCount > 0 ? 1 : targetCount;
        return columns.Length == numbers + categories + sparse + labels && columns.Index().All(column =>
            column.Item.Edges is null == (column.Index >= numbers && column.Index < numbers + categories
                || (classCount > 0 && column.Index == columns.Length - 1)));
    }

    /// <summary>What messages call the columns, in the same order.</summary>
    /// <param name="layout">Of the rows.</param>
    /// <param name="columns">Of the data.</param>
    /// <param name="outputs">Names of the targets, where there are several; null for none.</param>
    public static IEnumerable<string> NamesOf(FeatureLayout layout, TrainingColumns columns, string[]? outputs)
    {
        string[]? slots = FeatureAnnotations.Of(columns.Features).SlotNames;
        foreach (int slot in layout.NumberSlots)
        {
            yield return columns.IsFeatureVector
                ? new PermutedFeature(slot, 1, IsUsed: true).NameIn(slots, layout.SlotCount, []) : columns.Features.Name;
        }
        foreach (CategorySlots category in layout.Categories)
            yield return new PermutedFeature(category.First, category.ValueCount, IsUsed: true).NameIn(slots, layout.SlotCount, []);
        foreach (var column in columns.Categories)
            yield return column.Name;
        if (layout.SparseSlots.Length > 0)
            yield return $"{columns.Features.Name} (slots of a row that are not 0)";
        if (columns.TargetCount == 1)
            yield return columns.Label.Name;
        for (int target = 0; columns.TargetCount > 1 && target < columns.TargetCount; target++)
            yield return $"{columns.Label.Name} ({outputs?[target] ?? $"{target + 1}"})";
    }

    private static IEnumerable<float> Values(RowBlocks<float> rows, int column)
    {
        for (int row = 0; row < rows.RowCount; row++)
            yield return rows[row][column];
    }
}
