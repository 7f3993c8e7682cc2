using System.Numerics;
using System.Runtime.CompilerServices;
using Mlp.Networks;

namespace Mlp.Data;

/// <summary>The features of rows in memory: dense numbers, an index per category, and sparse slots as index and value.</summary>
internal sealed class FeatureTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowBlocks<T>? _numbers;
    private readonly RowBlocks<int>? _categories;
    private readonly SparseRows<T>? _sparse;

    /// <param name="layout">Of the vectors that they come from.</param>
    /// <param name="numbers">Null where the layout has none.</param>
    /// <param name="categories">An index each; null where the layout has none.</param>
    /// <param name="sparse">Null where the layout has no sparse slots.</param>
    /// <param name="rowCount">Rows of each.</param>
    public FeatureTable(FeatureLayout layout, RowBlocks<T>? numbers, RowBlocks<int>? categories, SparseRows<T>? sparse, int rowCount)
    {
        (Layout, _numbers, _categories, _sparse, RowCount) = (layout, numbers, categories, sparse, rowCount);
        Inputs = layout.ToInputs();
    }

    /// <summary>Dense numbers alone.</summary>
    public FeatureTable(RowBlocks<T> numbers)
        : this(FeatureLayout.Dense(numbers.RowLength), numbers, categories: null, sparse: null, numbers.RowCount)
    {
    }

    public FeatureLayout Layout { get; }

    /// <summary>What a row consists of: counts alone.</summary>
    public InputDescription Inputs { get; }

    public int RowCount { get; }

    /// <summary>Null for rows without numbers.</summary>
    public RowBlocks<T>? Numbers => _numbers;

    /// <summary>Null for rows without sparse slots.</summary>
    public SparseRows<T>? Sparse => _sparse;

    /// <summary>The numbers that are NaN in some row, ascending.</summary>
    public int[] MissingColumns { get; init; } = [];

    /// <summary>Missing values of sparse slots, which count as 0.</summary>
    public long MissingSparseCount { get; init; }

    /// <summary>These rows, of which the bins of some numbers are categories, too.</summary>
    /// <param name="bins">Numbers ascending.</param>
    public FeatureTable<T> WithBins(BinnedNumber[] bins)
    {
        if (bins.Length == 0)
            return this;
        FeatureLayout layout = Layout with { Bins = bins };
        var categories = new RowBlocks<int>(layout.CategoryCount, RowCount);
        for (int row = 0; row < RowCount; row++)
        {
            ReadOnlySpan<int> before = CategoriesOf(row);
            Span<int> values = categories.Add();
            int first = layout.Categories.Length;
            before[..first].CopyTo(values);
            for (int index = 0; index < bins.Length; index++)
                values[first + index] = bins[index].ValueOf(double.CreateTruncating(_numbers![row][bins[index].Number]));
            before[first..].CopyTo(values[layout.FirstKey..]);
        }
        return new FeatureTable<T>(layout, _numbers, categories, _sparse, RowCount)
        {
            MissingColumns = MissingColumns,
            MissingSparseCount = MissingSparseCount,
        };
    }

    /// <summary>These rows, of which pairs of columns are categories, too.</summary>
    /// <param name="crosses">Of categories with slots, and of numbers.</param>
    public FeatureTable<T> WithCrosses(CrossedCategory[] crosses)
    {
        FeatureLayout layout = Layout with { Crosses = crosses };
        if (layout.CategoryCount == Layout.CategoryCount && crosses.Length == 0)
            return this;
        RowBlocks<int>? categories = layout.CategoryCount == 0 ? null : new RowBlocks<int>(layout.CategoryCount, RowCount);
        for (int row = 0; row < RowCount && categories is not null; row++)
        {
            ReadOnlySpan<int> before = CategoriesOf(row);
            Span<int> values = categories.Add();
            before[..layout.FirstCross].CopyTo(values);
            for (int index = 0; index < crosses.Length; index++)
            {
                CrossedCategory cross = crosses[index];
                values[layout.FirstCross + index] = cross.ValueOf(ValueOf(cross.First, row), ValueOf(cross.Second, row));
            }
            before[Layout.FirstKey..].CopyTo(values[layout.FirstKey..]);
        }
        return new FeatureTable<T>(layout, _numbers, categories, _sparse, RowCount)
        {
            MissingColumns = MissingColumns,
            MissingSparseCount = MissingSparseCount,
        };
    }

    /// <summary>From 1 on; 0 for a value that is not known.</summary>
    public int ValueOf(CrossedColumn column, int row) => column.Bins is { } bins
        ? bins.ValueOf(double.CreateTruncating(_numbers![row][bins.Number])) : CategoriesOf(row)[column.Category];

    /// <summary>These rows, as a part of others that may miss more.</summary>
    /// <param name="columns">The numbers that are NaN in some row of all, ascending.</param>
    /// <param name="sparseCount">Missing values of sparse slots of all rows.</param>
    public FeatureTable<T> WithMissing(int[] columns, long sparseCount) => new(Layout, _numbers, _categories, _sparse, RowCount)
    {
        MissingColumns = columns,
        MissingSparseCount = sparseCount,
    };

    /// <summary>The categories of a row: 0 for a value that is not known.</summary>
    public ReadOnlySpan<int> CategoriesOf(int row) => _categories is null ? [] : _categories[row];

    /// <summary>Appends a row to a batch.</summary>
    public void CopyTo(int row, FeatureBatch<T> batch) => batch.Add(
        _numbers is null ? [] : _numbers[row], CategoriesOf(row), _sparse is null ? [] : _sparse.SlotsOf(row),
        _sparse is null ? [] : _sparse.ValuesOf(row));

    /// <summary>What they take in memory.</summary>
    public double Bytes => (double)RowCount * (Inputs.NumberCount * (long)Unsafe.SizeOf<T>() + Layout.CategoryCount * sizeof(int))
        + (_sparse?.Bytes ?? 0);

    /// <summary>How many sparse slots a row has that are not 0, in the mean.</summary>
    public double SparseInputsPerRow => _sparse is null || RowCount == 0 ? 0 : (double)_sparse.EntryCount / RowCount;
}
