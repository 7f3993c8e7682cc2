using Mlp.Data;

namespace Mlp.Scoring.Networks;

/// <summary>Some rows as networks take them; filled slot by slot.</summary>
internal sealed class FeatureRows
{
    private readonly InputLayout _layout;
    private readonly int _stride;
    private readonly AlignedArray _numbers;
    private readonly int[] _categories, _valueCounts, _ends;
    private int[] _slots = [];
    private float[] _values = [];

    public FeatureRows(InputLayout layout, int maxRowCount)
    {
        _layout = layout;
        _stride = LaneWidth.RoundUp(layout.NumberCount);
        _numbers = new AlignedArray(checked(_stride * maxRowCount));
        _categories = new int[checked(maxRowCount * layout.CategoryCount)];
        _valueCounts = new int[layout.SlotCategoryCount];
        _ends = new int[maxRowCount];
    }

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Begins a row of which all slots are 0 and all categories unknown.</summary>
    public void Start()
    {
        _numbers.Span.Slice(Count * _stride, _stride).Clear();
        _categories.AsSpan(Count * _layout.CategoryCount, _layout.CategoryCount).Clear();
        Array.Clear(_valueCounts);
        _ends[Count] = Count == 0 ? 0 : _ends[Count - 1];
        Count++;
    }

    /// <summary>Sets a slot of the last row. Slots come in ascending order.</summary>
    public void Set(int slot, float value)
    {
        int place = _layout.Places[slot];
        if (place >= 0)
        {
            _numbers.Span[(Count - 1) * _stride + place] = value;
            return;
        }
        if (place == InputLayout.Ignored || value == 0)
            return;
        int other = InputLayout.OtherOf(place);
        if (other >= _valueCounts.Length)
            AddEntry(other - _valueCounts.Length, value);
        else
            CategoriesOfLast[other] = _valueCounts[other]++ == 0 && value == 1 ? slot - _layout.FirstSlots[other] + 1 : 0;
    }

    /// <summary>Sets slots of the last row that follow each other.</summary>
    public void Set(int slot, ReadOnlySpan<float> values)
    {
        if (_layout.IsIdentity)
        {
            values.CopyTo(_numbers.Span.Slice((Count - 1) * _stride + slot, values.Length));
            return;
        }
        for (int index = 0; index < values.Length; index++)
            Set(slot + index, values[index]);
    }

    /// <summary>Sets a category of the last row that has a column of its own: 0 for unknown, otherwise 1 to its number of
    /// values.</summary>
    public void SetKey(int column, int value)
    {
        int category = _layout.FirstKey + column;
        CategoriesOfLast[category] = value <= _layout.ValueCounts[category] ? value : 0;
    }

    public ReadOnlySpan<float> NumbersOf(int row) => _numbers.Span.Slice(row * _stride, _layout.NumberCount);

    public ReadOnlySpan<int> CategoriesOf(int row) => _categories.AsSpan(row * _layout.CategoryCount, _layout.CategoryCount);

    public ReadOnlySpan<int> SlotsOf(int row) => _slots.AsSpan(StartOf(row).._ends[row]);

    public ReadOnlySpan<float> ValuesOf(int row) => _values.AsSpan(StartOf(row).._ends[row]);

    /// <summary>Scales all rows, and gives missing numbers their middles.</summary>
    /// <param name="numbers">Of the numbers; null for none.</param>
    /// <param name="sparse">Of the sparse slots; null for none.</param>
    /// <param name="middles">One for each number, NaN for one that stays missing; empty for none.</param>
    public void Scale<TLanes>(Scaling? numbers, Scaling? sparse, float[] middles)
        where TLanes : struct, ILanes<TLanes, float>
    {
        FindBins();
        FindCrosses();
        if (Count > 0)
            numbers?.Apply<TLanes>(_numbers, _stride, Count);
        for (int index = 0; sparse is not null && index < (Count == 0 ? 0 : _ends[Count - 1]); index++)
            _values[index] = sparse.Apply(_slots[index], _values[index]);
        for (int row = 0; middles.Length > 0 && row < Count; row++)
        {
            Span<float> values = _numbers.Span.Slice(row * _stride, middles.Length);
            for (int index = 0; index < values.Length; index++)
            {
                if (float.IsNaN(values[index]))
                    values[index] = middles[index];
            }
        }
    }

    /// <summary>Finds the bins of the numbers before they are scaled.</summary>
    private void FindBins()
    {
        for (int index = 0; index < _layout.Bins.Length; index++)
        {
            BinnedNumber bins = _layout.Bins[index];
            for (int row = 0; row < Count; row++)
            {
                _categories[row * _layout.CategoryCount + _layout.SlotCategoryCount + index] =
                    bins.ValueOf(_numbers.Span[row * _stride + bins.Number]);
            }
        }
    }

    /// <summary>Of the numbers before they are scaled, and of the categories with slots.</summary>
    private void FindCrosses()
    {
        for (int index = 0; index < _layout.Crosses.Length; index++)
        {
            CrossedCategory cross = _layout.Crosses[index];
            for (int row = 0; row < Count; row++)
            {
                _categories[row * _layout.CategoryCount + _layout.FirstCross + index] =
                    cross.ValueOf(ValueOf(cross.First, row), ValueOf(cross.Second, row));
            }
        }
    }

    private int ValueOf(CrossedColumn column, int row) => column.Bins is { } bins
        ? bins.ValueOf(_numbers.Span[row * _stride + bins.Number]) : _categories[row * _layout.CategoryCount + column.Category];

    private Span<int> CategoriesOfLast => _categories.AsSpan((Count - 1) * _layout.CategoryCount, _layout.CategoryCount);

    private int StartOf(int row) => row == 0 ? 0 : _ends[row - 1];

    private void AddEntry(int slot, float value)
    {
        if (float.IsNaN(value))
            return;
        int end = _ends[Count - 1]++;
        if (end == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(16, 2 * end));
            Array.Resize(ref _values, _slots.Length);
        }
        (_slots[end], _values[end]) = (slot, value);
    }
}
