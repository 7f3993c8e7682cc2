using System.Numerics;

namespace Mlp.Data;

/// <summary>Takes a feature vector apart as a layout says. One thread at a time may use it.</summary>
internal sealed class FeatureEncoder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Ignored = -1, FirstOther = -2;

    private readonly FeatureLayout _layout;
    // Of each slot: the number it is; or −1; or −2 − c for category c, and behind those for the sparse slots. Made when it is needed.
    private int[]? _places;
    private readonly T[] _numbers;
    private readonly int[] _categories, _valueCounts;
    private int[] _slots = new int[16];
    private T[] _values = new T[16];
    private int _entryCount;

    public FeatureEncoder(FeatureLayout layout)
    {
        _layout = layout;
        _numbers = new T[layout.NumberSlots.Length];
        _categories = new int[layout.CategoryCount];
        _valueCounts = new int[layout.Categories.Length];
    }

    /// <summary>The numbers of the last row.</summary>
    public Span<T> Numbers => _numbers;

    /// <summary>The categories of the last row. Those of key columns are the caller's to set, by <see cref="SetKeys"/>.</summary>
    public Span<int> Categories => _categories;

    /// <summary>The positions among the layout's sparse slots that are not 0 in the last row, ascending.</summary>
    public ReadOnlySpan<int> SparseSlots => _slots.AsSpan(0, _entryCount);

    /// <summary>What is in them. A missing value counts as 0.</summary>
    public ReadOnlySpan<T> SparseValues => _values.AsSpan(0, _entryCount);

    /// <summary>The first category whose slots hold something else than a single 1 or nothing but 0; −1 for none. Such a value is not
    /// known.</summary>
    public int WrongCategory { get; private set; }

    /// <summary>Takes a vector that holds all slots.</summary>
    public void Encode(ReadOnlySpan<T> vector)
    {
        (_entryCount, WrongCategory) = (0, -1);
        if (_layout.NumberSlots.Length == vector.Length)
        {
            vector.CopyTo(_numbers);
            SetBins();
            SetCrosses();
            return;
        }
        int[] numberSlots = _layout.NumberSlots;
        for (int index = 0; index < numberSlots.Length; index++)
            _numbers[index] = vector[numberSlots[index]];
        SetBins();
        for (int category = 0; category < _valueCounts.Length; category++)
        {
            CategorySlots slots = _layout.Categories[category];
            _categories[category] = Find(category, vector.Slice(slots.First, slots.ValueCount));
        }
        SetCrosses();
        int[] sparseSlots = _layout.SparseSlots;
        for (int index = 0; index < sparseSlots.Length; index++)
        {
            T value = vector[sparseSlots[index]];
            if (value != T.Zero)
                AddEntry(index, value);
        }
    }

    /// <summary>Takes a vector of which the slots that are not named are 0.</summary>
    /// <param name="slots">Ascending, within the layout.</param>
    /// <param name="values">As many.</param>
    public void Encode(ReadOnlySpan<int> slots, ReadOnlySpan<T> values)
    {
        (_entryCount, WrongCategory) = (0, -1);
        int[] places = _places ??= CreatePlaces();
        Array.Clear(_numbers);
        Array.Clear(_categories);
        Array.Clear(_valueCounts);
        for (int index = 0; index < slots.Length; index++)
        {
            int place = places[slots[index]];
            T value = values[index];
            if (place >= 0)
                _numbers[place] = value;
            else if (place != Ignored && value != T.Zero)
            {
                int other = FirstOther - place;
                if (other >= _valueCounts.Length)
                    AddEntry(other - _valueCounts.Length, value);
                else
                    AddValue(other, slots[index], value);
            }
        }
        SetBins();
        SetCrosses();
    }

    /// <summary>Takes the keys of the last row beside its vector.</summary>
    /// <param name="keys">[rows x key columns], each from 0, for a value that is not known, to its number of values. Empty where none is
    /// known.</param>
    /// <param name="row">Which of the rows.</param>
    public void SetKeys(ReadOnlySpan<int> keys, int row = 0)
    {
        Span<int> places = _categories.AsSpan(_layout.FirstKey);
        if (keys.IsEmpty)
            places.Clear();
        else
            keys.Slice(row * places.Length, places.Length).CopyTo(places);
    }

    private void SetBins()
    {
        BinnedNumber[] bins = _layout.Bins;
        for (int index = 0; index < bins.Length; index++)
        {
            _categories[_layout.Categories.Length + index] =
                bins[index].ValueOf(double.CreateTruncating(_numbers[bins[index].Number]));
        }
    }

    private void SetCrosses()
    {
        CrossedCategory[] crosses = _layout.Crosses;
        for (int index = 0; index < crosses.Length; index++)
        {
            CrossedCategory cross = crosses[index];
            _categories[_layout.FirstCross + index] = cross.ValueOf(ValueOf(cross.First), ValueOf(cross.Second));
        }
    }

    private int ValueOf(CrossedColumn column) => column.Bins is { } bins
        ? bins.ValueOf(double.CreateTruncating(_numbers[bins.Number])) : _categories[column.Category];

    private int Find(int category, ReadOnlySpan<T> flags)
    {
        int first = flags.IndexOfAnyExcept(T.Zero);
        if (first < 0)
            return 0;
        if (flags[first] == T.One && flags[(first + 1)..].IndexOfAnyExcept(T.Zero) < 0)
            return first + 1;
        NoteWrong(category);
        return 0;
    }

    private void AddValue(int category, int slot, T value)
    {
        if (_valueCounts[category]++ == 0 && value == T.One)
        {
            _categories[category] = slot - _layout.Categories[category].First + 1;
            return;
        }
        _categories[category] = 0;
        NoteWrong(category);
    }

    private void NoteWrong(int category) => WrongCategory = WrongCategory < 0 ? category : Math.Min(WrongCategory, category);

    private void AddEntry(int slot, T value)
    {
        if (T.IsNaN(value))
            return;
        if (_entryCount == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _entryCount);
            Array.Resize(ref _values, 2 * _entryCount);
        }
        (_slots[_entryCount], _values[_entryCount]) = (slot, value);
        _entryCount++;
    }

    private int[] CreatePlaces()
    {
        var places = new int[_layout.SlotCount];
        Array.Fill(places, Ignored);
        for (int index = 0; index < _layout.NumberSlots.Length; index++)
            places[_layout.NumberSlots[index]] = index;
        for (int category = 0; category < _layout.Categories.Length; category++)
            places.AsSpan(_layout.Categories[category].First, _layout.Categories[category].ValueCount).Fill(FirstOther - category);
        for (int index = 0; index < _layout.SparseSlots.Length; index++)
            places[_layout.SparseSlots[index]] = FirstOther - _layout.Categories.Length - index;
        return places;
    }
}
