using Mlp.State;

namespace Mlp.Data.Stores;

/// <summary>Finds out what the slots of a table are, from all of its rows but without holding any: as <see cref="FeatureTableBuilder{T}"/>
/// does for a table in memory.</summary>
internal sealed class FeatureSurvey : ICheckpointed
{
    private readonly int _slotCount;
    private readonly CategorySlots[] _categories;
    private readonly int[] _keyCounts;
    private readonly FeatureLayout? _given;
    // Of each slot: the category that it may belong to; −1 for none.
    private readonly int[] _categoryOf;
    private readonly bool[] _isWrong, _isMissing;
    private readonly long[] _missingCounts, _sparseRowCounts;
    private readonly double[] _counts;
    private readonly float[] _minima, _maxima;
    private readonly bool _countsDense;
    private double _weightSum;
    private long _denseRowCount, _rowCount;

    /// <param name="slotCount">Of a vector.</param>
    /// <param name="categories">Ranges of it that may be categories; ascending, without overlap.</param>
    /// <param name="keyCounts">Of categories that come beside the vector: the number of values of each.</param>
    public FeatureSurvey(int slotCount, CategorySlots[] categories, int[] keyCounts)
    {
        (_slotCount, _categories, _keyCounts) = (slotCount, categories, keyCounts);
        _categoryOf = new int[slotCount];
        Array.Fill(_categoryOf, -1);
        for (int category = 0; category < categories.Length; category++)
            _categoryOf.AsSpan(categories[category].First, categories[category].ValueCount).Fill(category);
        (_isWrong, _isMissing) = (new bool[categories.Length], new bool[slotCount]);
        (_counts, _missingCounts, _sparseRowCounts) = (new double[slotCount], new long[slotCount], new long[slotCount]);
        (_minima, _maxima) = (new float[slotCount], new float[slotCount]);
        Array.Fill(_minima, float.PositiveInfinity);
        Array.Fill(_maxima, float.NegativeInfinity);
        _countsDense = IsWide || categories.Length > 0;
    }

    /// <param name="layout">Of rows before these, which have the same.</param>
    public FeatureSurvey(FeatureLayout layout)
        : this(layout.SlotCount, categories: [], layout.KeyCounts)
    {
        _given = layout;
    }

    /// <summary>Sparse slots that fewer rows have are left out, unless the layout was given; 1 or more.</summary>
    public int MinimumSlotRowCount { get; init; } = 1;

    private bool IsWide =>
        _slotCount - _categories.Sum(category => category.ValueCount) > FeatureTableBuilder<float>.LargestDenseSlotCount;

    /// <summary>Looks at a row.</summary>
    /// <param name="isDense">Whether the values are those of all slots.</param>
    /// <param name="slots">Which slots the values are of; not looked at where they are dense.</param>
    /// <param name="values">Not infinite.</param>
    /// <param name="weight">Of the row. One below 1 makes a row less important, and no slot rarer than it is.</param>
    public void Add(bool isDense, ReadOnlySpan<int> slots, ReadOnlySpan<float> values, float weight)
    {
        _rowCount++;
        double count = Math.Max(1, weight);
        _weightSum += count;
        _denseRowCount += isDense ? 1 : 0;
        (int lastCategory, int inCategory) = (-1, 0);
        for (int index = 0; index < values.Length; index++)
        {
            int slot = isDense ? index : slots[index];
            float value = values[index];
            if (float.IsNaN(value))
            {
                _isMissing[slot] = true;
                _missingCounts[slot]++;
            }
            else
            {
                _minima[slot] = Math.Min(_minima[slot], value);
                _maxima[slot] = Math.Max(_maxima[slot], value);
            }
            if (!isDense)
                _sparseRowCounts[slot]++;
            else if (!_countsDense)
                continue;
            if (value == 0)
                continue;
            _counts[slot] += count;
            int category = _categoryOf[slot];
            if (category < 0)
                continue;
            inCategory = category == lastCategory ? inCategory + 1 : 1;
            lastCategory = category;
            _isWrong[category] |= inCategory > 1 || value != 1;
        }
    }

    /// <summary>What the slots are.</summary>
    public FeatureLayout ToLayout()
    {
        if (_given is not null)
            return _given;
        int[] beside = [.. Enumerable.Range(0, _slotCount).Where(slot => _categoryOf[slot] < 0)];
        double limit = Math.Max(1, FeatureTableBuilder<float>.LargestSparseDensity * _weightSum);
        int[] sparse = IsWide ? [.. beside.Where(slot => _counts[slot] <= limit && !_isMissing[slot])] : [];
        if (sparse.Length <= FeatureTableBuilder<float>.LargestDenseSlotCount
            || sparse.Length < FeatureTableBuilder<float>.LeastSparsePart * beside.Length)
        {
            sparse = [];
        }
        var isSparse = new HashSet<int>(sparse);
        var layout = new FeatureLayout
        {
            SlotCount = _slotCount,
            NumberSlots = [.. beside.Where(slot => !isSparse.Contains(slot))],
            Categories = [.. _categories.Where((_, category) => !_isWrong[category])],
            KeyCounts = _keyCounts,
            // A category that is none becomes sparse slots.
            SparseSlots = [.. sparse.Concat(Enumerable.Range(0, _slotCount).Where(slot => _categoryOf[slot] is var category
                && category >= 0 && _isWrong[category])).Order()],
        };
        if (layout.SparseSlots.Length == 0)
            return layout;
        int[] positions = FeatureTableRewrites.PositionsOf(
            layout, [.. layout.SparseSlots.Select(slot => _counts[slot] - _missingCounts[slot])], MinimumSlotRowCount);
        return layout with { SparseSlots = [.. layout.SparseSlots.Where((_, index) => positions[index] >= 0)] };
    }

    /// <summary>The numbers of a layout that are NaN in some row, ascending.</summary>
    public int[] MissingColumns(FeatureLayout layout) =>
        [.. Enumerable.Range(0, layout.NumberSlots.Length).Where(column => _isMissing[layout.NumberSlots[column]])];

    /// <summary>Missing values of other slots, which count as 0.</summary>
    public long MissingSparseCount(FeatureLayout layout)
    {
        long count = _missingCounts.Sum();
        foreach (int slot in layout.NumberSlots)
            count -= _missingCounts[slot];
        return count;
    }

    /// <summary>The least and the largest value of a slot; both 0 where all are missing.</summary>
    public (float Least, float Largest) RangeOf(int slot)
    {
        (float least, float largest) = (_minima[slot], _maxima[slot]);
        // What a vector that is not dense does not name is 0.
        if (_sparseRowCounts[slot] < _rowCount - _denseRowCount)
            (least, largest) = (Math.Min(least, 0), Math.Max(largest, 0));
        return least <= largest ? (least, largest) : (0, 0);
    }

    public void Exchange(StateExchange state)
    {
        state.Exchange("categories that are none", _isWrong.AsSpan());
        state.Exchange("slots with missing values", _isMissing.AsSpan());
        state.Exchange("missing values of slots", _missingCounts.AsSpan());
        state.Exchange("rows that name a slot", _sparseRowCounts.AsSpan());
        state.Exchange("rows that have a slot", _counts.AsSpan());
        state.Exchange("least values", _minima.AsSpan());
        state.Exchange("largest values", _maxima.AsSpan());
        state.Exchange("weight of the rows", ref _weightSum);
        state.Exchange("dense rows", ref _denseRowCount);
        state.Exchange("rows", ref _rowCount);
    }
}
