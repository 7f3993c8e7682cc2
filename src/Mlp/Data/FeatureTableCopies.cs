using System.Numerics;

namespace Mlp.Data;

/// <summary>Rows of several tables of one layout as a table of their own.</summary>
internal static class FeatureTableCopies
{
    /// <param name="layout">Of the new table: that of the others, but that categories may have got further values.</param>
    /// <param name="rows">The table and the row in it, one after the other; copied.</param>
    public static FeatureTable<T> Copy<T>(FeatureLayout layout, IReadOnlyList<(FeatureTable<T> Table, int Row)> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowBlocks<T>? numbers = layout.NumberSlots.Length == 0 ? null : new RowBlocks<T>(layout.NumberSlots.Length, rows.Count);
        RowBlocks<int>? categories = layout.CategoryCount == 0 ? null : new RowBlocks<int>(layout.CategoryCount, rows.Count);
        SparseRows<T>? sparse = layout.SparseSlots.Length == 0 ? null : new SparseRows<T>();
        foreach ((FeatureTable<T> table, int row) in rows)
        {
            if (numbers is not null)
                table.Numbers![row].CopyTo(numbers.Add());
            if (categories is not null)
                table.CategoriesOf(row).CopyTo(categories.Add());
            sparse?.Add(table.Sparse!.SlotsOf(row), table.Sparse.ValuesOf(row));
        }
        return new FeatureTable<T>(layout, numbers, categories, sparse, rows.Count);
    }
}
