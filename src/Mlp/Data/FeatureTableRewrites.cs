using System.Numerics;
using System.Runtime.InteropServices;

namespace Mlp.Data;

/// <summary>Changes of rows that were collected already, when their slots turn out to be something else.</summary>
internal static class FeatureTableRewrites
{
    /// <summary>Marks a slot of a category among sparse slots, and gives the slot of a mark: no sparse slot is negative.</summary>
    public static int KeptAsSlot(int slot) => -1 - slot;

    /// <summary>Makes sparse slots of a category.</summary>
    /// <param name="layout">Has the category.</param>
    /// <param name="category">Of those with slots.</param>
    /// <param name="sparse">The sparse parts of all rows, with what <see cref="KeptAsSlot"/> marks.</param>
    /// <param name="indices">The categories of all rows; those that are left are null when this is the last one.</param>
    public static (FeatureLayout Layout, SparseRows<T> Sparse, RowBlocks<int>? Indices) ToSparse<T>(
        FeatureLayout layout, int category, SparseRows<T> sparse, RowBlocks<int> indices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CategorySlots range = layout.Categories[category];
        int[] sparseSlots = [.. layout.SparseSlots, .. Enumerable.Range(range.First, range.ValueCount)];
        Array.Sort(sparseSlots);
        var rows = new SparseRows<T>();
        RowBlocks<int>? others = layout.CategoryCount == 1 ? null : new RowBlocks<int>(layout.CategoryCount - 1, indices.RowCount);
        var (slots, values) = (new List<int>(), new List<T>());
        for (int row = 0; row < sparse.RowCount; row++)
        {
            slots.Clear();
            values.Clear();
            ReadOnlySpan<int> found = sparse.SlotsOf(row);
            for (int index = 0; index < found.Length; index++)
            {
                int slot = found[index] < 0 ? KeptAsSlot(found[index]) : layout.SparseSlots[found[index]];
                bool isOfThis = slot >= range.First && slot < range.First + range.ValueCount;
                // Of another category that is none, too.
                slots.Add(found[index] < 0 && !isOfThis ? found[index] : Array.BinarySearch(sparseSlots, slot));
                values.Add(sparse.ValuesOf(row)[index]);
            }
            ReadOnlySpan<int> all = indices[row];
            if (others is not null)
            {
                Span<int> kept = others.Add();
                all[..category].CopyTo(kept);
                all[(category + 1)..].CopyTo(kept[category..]);
            }
            if (all[category] > 0)
            {
                slots.Add(Array.BinarySearch(sparseSlots, range.First + all[category] - 1));
                values.Add(T.One);
            }
            Span<int> sortedSlots = CollectionsMarshal.AsSpan(slots);
            sortedSlots.Sort(CollectionsMarshal.AsSpan(values));
            rows.Add(sortedSlots, CollectionsMarshal.AsSpan(values));
        }
        layout = layout with
        {
            SparseSlots = sparseSlots,
            Categories = [.. layout.Categories.Where((_, index) => index != category)],
        };
        return (layout, rows, others);
    }

    /// <summary>Leaves out the sparse slots that too few rows have.</summary>
    /// <param name="layout">Of the rows.</param>
    /// <param name="sparse">The sparse parts of all rows.</param>
    /// <param name="minimumRowCount">Rows that a slot that stays has at least; 1 or more.</param>
    /// <param name="weights">How often each row counts, if more than once; null for once each.</param>
    public static FeatureLayout KeepOccurring<T>(
        FeatureLayout layout, SparseRows<T>? sparse, double minimumRowCount, RowBlocks<T>? weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sparse is null || layout.SparseSlots.Length == 0)
            return layout;
        var counts = new double[layout.SparseSlots.Length];
        for (int row = 0; row < sparse.RowCount; row++)
        {
            // A weight below 1 makes a row less important, and no slot rarer than it is.
            double weight = weights is null ? 1 : Math.Max(1, double.CreateTruncating(weights[row][0]));
            foreach (int slot in sparse.SlotsOf(row))
                counts[slot] += weight;
        }
        int[] positions = PositionsOf(layout, counts, minimumRowCount);
        sparse.Renumber(positions);
        return layout with { SparseSlots = [.. layout.SparseSlots.Where((_, slot) => positions[slot] >= 0)] };
    }

    /// <summary>The position of each sparse slot among those that stay; −1 for one that too few rows have.</summary>
    /// <param name="layout">Of the rows.</param>
    /// <param name="counts">Rows that have each of its sparse slots.</param>
    /// <param name="minimumRowCount">Rows that a slot that stays has at least; 1 or more.</param>
    public static int[] PositionsOf(FeatureLayout layout, double[] counts, double minimumRowCount)
    {
        // A network needs an input: where nothing would be left, what is rare stays, and one slot if all are empty.
        if (layout.NumberSlots.Length == 0 && layout.CategoryCount == 0)
            minimumRowCount = Math.Min(minimumRowCount, counts.Max());
        var positions = new int[counts.Length];
        int count = 0;
        for (int slot = 0; slot < positions.Length; slot++)
        {
            bool isKept = counts[slot] >= minimumRowCount && (counts[slot] > 0 || count == 0);
            positions[slot] = isKept ? count++ : -1;
        }
        return positions;
    }
}
