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
    /// <param name="indices">The categories of all rows.</param>
    public static (FeatureLayout Layout, SparseRows<T> Sparse, List<int> Indices) ToSparse<T>(
        FeatureLayout layout, int category, SparseRows<T> sparse, List<int> indices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CategorySlots range = layout.Categories[category];
        int[] sparseSlots = [.. layout.SparseSlots, .. Enumerable.Range(range.First, range.ValueCount)];
        Array.Sort(sparseSlots);
        var rows = new SparseRows<T>();
        var others = new List<int>(indices.Count);
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
            for (int other = 0; other < layout.CategoryCount; other++)
            {
                int value = indices[row * layout.CategoryCount + other];
                if (other != category)
                    others.Add(value);
                else if (value > 0)
                {
                    slots.Add(Array.BinarySearch(sparseSlots, range.First + value - 1));
                    values.Add(T.One);
                }
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

    /// <summary>Leaves out the sparse slots that no row has.</summary>
    public static FeatureLayout KeepOccurring<T>(FeatureLayout layout, SparseRows<T>? sparse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sparse is null || layout.SparseSlots.Length == 0)
            return layout;
        var positions = new int[layout.SparseSlots.Length];
        for (int row = 0; row < sparse.RowCount; row++)
        {
            foreach (int slot in sparse.SlotsOf(row))
                positions[slot] = 1;
        }
        int count = 0;
        for (int slot = 0; slot < positions.Length; slot++)
            positions[slot] = positions[slot] == 0 ? -1 : count++;
        for (int row = 0; row < sparse.RowCount; row++)
        {
            foreach (ref int slot in sparse.SlotsOf(row))
                slot = positions[slot];
        }
        return layout with { SparseSlots = [.. layout.SparseSlots.Where((_, slot) => positions[slot] >= 0)] };
    }
}
