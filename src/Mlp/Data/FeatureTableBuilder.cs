using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Networks;

namespace Mlp.Data;

/// <summary>Collects the feature vectors of a table, and finds out what their slots are.</summary>
/// <remarks>
/// Slots of a category become an index. Of the others, those of a wide vector are looked at in the first rows: where many are hardly ever
/// anything but 0, these are kept as index and value from then on. What decides is what the vectors hold, not how they were given. A
/// category that turns out to be none (several flags in a row, or other values than 1) becomes sparse slots.
/// </remarks>
internal sealed class FeatureTableBuilder<T> : IFeatureSink<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A vector with no more slots beside its categories is kept as dense numbers.</summary>
    public const int LargestDenseSlotCount = 256;

    /// <summary>A slot is sparse where fewer rows than this part have something in it.</summary>
    public const double LargestSparseDensity = 0.02;

    /// <summary>Slots are kept as index and value where at least this part of those beside the categories is sparse: pictures, of which the
    /// margins are empty, are not.</summary>
    public const double LeastSparsePart = 0.75;

    // Rows, and entries of rows, that are looked at before the slots of a wide vector are known.
    private const int SampleRowCount = 1_000, SampleEntryCount = 1 << 22;

    private readonly int _slotCount;
    private readonly CategorySlots[] _categories;
    private readonly int[] _keyCounts;
    private readonly long? _expectedRowCount;
    private readonly bool[] _isWrong;
    private readonly bool _isFixed;

    // Until the layout is known.
    private SparseRows<T>? _sample;
    private readonly List<int> _sampleKeys = [];

    private FeatureLayout? _layout;
    private FeatureEncoder<T>? _encoder;
    private RowBlocks<T>? _numbers;
    private SparseRows<T>? _sparse;
    private bool[] _isMissing = [];
    private long _missingSparseCount;
    private RowBlocks<int>? _indices;
    private int[] _slots = [];
    private T[] _values = [];

    /// <param name="slotCount">Of a vector.</param>
    /// <param name="categories">Ranges of it that may be categories; ascending, without overlap.</param>
    /// <param name="keyCounts">Of categories that come beside the vector: the number of values of each.</param>
    /// <param name="expectedRowCount">How many rows there will probably be; null when unknown.</param>
    public FeatureTableBuilder(int slotCount, CategorySlots[] categories, int[] keyCounts, long? expectedRowCount)
    {
        (_slotCount, _categories, _keyCounts, _expectedRowCount) = (slotCount, categories, keyCounts, expectedRowCount);
        _isWrong = new bool[categories.Length];
        if (slotCount - categories.Sum(category => category.ValueCount) > LargestDenseSlotCount)
            _sample = new SparseRows<T>();
        else
            Start(CreateLayout([]));
    }

    /// <param name="layout">Of rows that were collected before: these will have the same.</param>
    /// <param name="expectedRowCount">How many rows there will probably be; null when unknown.</param>
    public FeatureTableBuilder(FeatureLayout layout, long? expectedRowCount)
    {
        (_slotCount, _categories, _keyCounts, _expectedRowCount) =
            (layout.SlotCount, layout.Categories, layout.KeyCounts, expectedRowCount);
        _isWrong = new bool[_categories.Length];
        _isFixed = true;
        Start(layout);
    }

    /// <summary>Sparse slots that fewer rows have are left out, unless the layout was given; 1 or more.</summary>
    public int MinimumSlotRowCount { get; init; } = 1;

    /// <summary>Rows so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>What a network of these rows takes at least, as far as it is known by now.</summary>
    public InputDescription Inputs => _layout?.ToInputs() ?? new InputDescription(Math.Min(_slotCount, LargestDenseSlotCount));

    /// <summary>What the rows take in memory by now, in bytes.</summary>
    public double Bytes => _sample?.Bytes
        ?? (double)RowCount * (_layout!.NumberSlots.Length * (long)Unsafe.SizeOf<T>() + _layout.CategoryCount * sizeof(int))
            + (_sparse?.Bytes ?? 0);

    /// <inheritdoc/>
    public void Add(bool isDense, ReadOnlySpan<int> slots, ReadOnlySpan<T> values, ReadOnlySpan<int> keys, bool hasMissing)
    {
        RowCount++;
        if (_sample is null)
        {
            AddToTable(isDense, slots, values, keys, hasMissing);
            return;
        }
        if (isDense)
            Compress(values, out slots, out values);
        _sample.Add(slots, values);
        foreach (int key in keys)
            _sampleKeys.Add(key);
        if (RowCount == SampleRowCount || _sample.EntryCount >= SampleEntryCount)
            EndSample();
    }

    /// <inheritdoc/>
    public void RemoveLast()
    {
        RowCount--;
        if (_sample is not null)
        {
            _sample.RemoveLast();
            _sampleKeys.RemoveRange(_sampleKeys.Count - _keyCounts.Length, _keyCounts.Length);
            return;
        }
        _numbers?.RemoveLast();
        _sparse?.RemoveLast();
        _indices?.RemoveLast();
    }

    /// <summary>All rows, with the sparse slots that occur.</summary>
    /// <param name="weights">How often each row counts for <see cref="MinimumSlotRowCount"/>, if more than once; null for once
    /// each.</param>
    public FeatureTable<T> ToTable(RowBlocks<T>? weights = null)
    {
        if (_sample is not null)
            EndSample();
        FeatureLayout layout = _layout!;
        if (!_isFixed)
        {
            for (int category = _isWrong.Length - 1; category >= 0; category--)
            {
                if (_isWrong[category])
                    (layout, _sparse, _indices) = FeatureTableRewrites.ToSparse(layout, category, _sparse!, _indices!);
            }
            layout = FeatureTableRewrites.KeepOccurring(layout, _sparse, MinimumSlotRowCount, weights);
        }
        return new FeatureTable<T>(layout, _numbers, _indices, layout.SparseSlots.Length == 0 ? null : _sparse, RowCount)
        {
            MissingSparseCount = _missingSparseCount,
            MissingColumns = [.. Enumerable.Range(0, _isMissing.Length).Where(column => _isMissing[column])],
        };
    }

    private void Compress(ReadOnlySpan<T> vector, out ReadOnlySpan<int> slots, out ReadOnlySpan<T> values)
    {
        if (_slots.Length < vector.Length)
            (_slots, _values) = (new int[vector.Length], new T[vector.Length]);
        int count = 0;
        for (int slot = 0; slot < vector.Length; slot++)
        {
            if (vector[slot] != T.Zero)
                (_slots[count], _values[count++]) = (slot, vector[slot]);
        }
        slots = _slots.AsSpan(0, count);
        values = _values.AsSpan(0, count);
    }

    /// <summary>The slots are those of the first rows from now on.</summary>
    private void EndSample()
    {
        SparseRows<T> sample = _sample!;
        _sample = null;
        var counts = new int[_slotCount];
        var hasMissing = new bool[_slotCount];
        for (int row = 0; row < sample.RowCount; row++)
        {
            ReadOnlySpan<int> slots = sample.SlotsOf(row);
            ReadOnlySpan<T> values = sample.ValuesOf(row);
            for (int index = 0; index < slots.Length; index++)
            {
                counts[slots[index]] += values[index] == T.Zero ? 0 : 1;
                hasMissing[slots[index]] |= T.IsNaN(values[index]);
            }
        }
        // In few rows the slots of rare words and those of common ones are hardly to be told apart: one row is not common.
        double limit = Math.Max(1, LargestSparseDensity * sample.RowCount);
        int[] slotsBeside = [.. SlotsBesideCategories()];
        int[] sparse = [.. slotsBeside.Where(slot => counts[slot] <= limit && !hasMissing[slot])];
        bool isWorthIt = sparse.Length > LargestDenseSlotCount && sparse.Length >= LeastSparsePart * slotsBeside.Length;
        Start(CreateLayout(isWorthIt ? sparse : []));
        for (int row = 0; row < sample.RowCount; row++)
        {
            AddToTable(
                isDense: false, sample.SlotsOf(row), sample.ValuesOf(row),
                CollectionsMarshal.AsSpan(_sampleKeys).Slice(row * _keyCounts.Length, _keyCounts.Length), hasMissing: true);
        }
        _sampleKeys.Clear();
    }

    private IEnumerable<int> SlotsBesideCategories()
    {
        int slot = 0;
        foreach (CategorySlots category in _categories)
        {
            for (; slot < category.First; slot++)
                yield return slot;
            slot = category.First + category.ValueCount;
        }
        for (; slot < _slotCount; slot++)
            yield return slot;
    }

    private FeatureLayout CreateLayout(int[] sparseSlots)
    {
        var isSparse = new bool[sparseSlots.Length == 0 ? 0 : _slotCount];
        foreach (int slot in sparseSlots)
            isSparse[slot] = true;
        return new FeatureLayout
        {
            SlotCount = _slotCount,
            NumberSlots = [.. SlotsBesideCategories().Where(slot => sparseSlots.Length == 0 || !isSparse[slot])],
            Categories = _categories,
            KeyCounts = _keyCounts,
            SparseSlots = sparseSlots,
        };
    }

    private void Start(FeatureLayout layout)
    {
        _layout = layout;
        _encoder = new FeatureEncoder<T>(layout);
        if (layout.NumberSlots.Length > 0)
            _numbers = new RowBlocks<T>(layout.NumberSlots.Length, _expectedRowCount);
        if (layout.CategoryCount > 0)
            _indices = new RowBlocks<int>(layout.CategoryCount, _expectedRowCount);
        if (layout.SparseSlots.Length > 0 || (layout.Categories.Length > 0 && !_isFixed))
            _sparse = new SparseRows<T>();
        _isMissing = new bool[layout.NumberSlots.Length];
    }

    private void AddToTable(bool isDense, ReadOnlySpan<int> slots, ReadOnlySpan<T> values, ReadOnlySpan<int> keys, bool hasMissing)
    {
        if (_layout!.IsIdentity)
        {
            AddNumbers(isDense, slots, values, hasMissing);
            return;
        }
        FeatureEncoder<T> encoder = _encoder!;
        if (isDense)
            encoder.Encode(values);
        else
            encoder.Encode(slots, values);
        if (hasMissing)
        {
            int count = 0;
            foreach (T value in values)
                count += T.IsNaN(value) ? 1 : 0;
            _missingSparseCount += count - NoteMissing(encoder.Numbers);
        }
        if (_numbers is not null)
            encoder.Numbers.CopyTo(_numbers.Add());
        if (_indices is not null)
        {
            Span<int> indices = _indices.Add();
            int count = _layout!.FirstKey;
            encoder.Categories[..count].CopyTo(indices);
            keys.CopyTo(indices[count..]);
        }
        if (encoder.WrongCategory >= 0 && !_isFixed)
            AddWithWrongCategories(isDense, slots, values);
        else
            _sparse?.Add(encoder.SparseSlots, encoder.SparseValues);
    }

    /// <summary>Where all slots are numbers, a row goes straight to its place.</summary>
    private void AddNumbers(bool isDense, ReadOnlySpan<int> slots, ReadOnlySpan<T> values, bool hasMissing)
    {
        Span<T> row = _numbers!.Add();
        if (isDense)
            values.CopyTo(row);
        else
        {
            row.Clear();
            for (int index = 0; index < slots.Length; index++)
                row[slots[index]] = values[index];
        }
        if (hasMissing)
            NoteMissing(row);
    }

    /// <summary>Notes the columns with missing numbers, and returns how many there are in the row.</summary>
    private int NoteMissing(ReadOnlySpan<T> numbers)
    {
        int count = 0;
        for (int column = 0; column < numbers.Length; column++)
        {
            if (!T.IsNaN(numbers[column]))
                continue;
            _isMissing[column] = true;
            count++;
        }
        return count;
    }

    /// <summary>The slots of a category that holds something else are kept as they are, behind the sparse ones.</summary>
    private void AddWithWrongCategories(bool isDense, ReadOnlySpan<int> slots, ReadOnlySpan<T> values)
    {
        if (isDense)
            Compress(values, out slots, out values);
        var (keptSlots, keptValues) = (new List<int>([.. _encoder!.SparseSlots]), new List<T>([.. _encoder.SparseValues]));
        Span<int> categories = _encoder.Categories;
        for (int index = 0; index < slots.Length; index++)
        {
            int slot = slots[index];
            int category = Array.FindIndex(_categories, range => slot >= range.First && slot < range.First + range.ValueCount);
            if (category < 0 || categories[category] > 0 || values[index] == T.Zero)
                continue;
            _isWrong[category] = true;
            if (!T.IsNaN(values[index]))
            {
                keptSlots.Add(FeatureTableRewrites.KeptAsSlot(slot));
                keptValues.Add(values[index]);
            }
        }
        _sparse!.Add(CollectionsMarshal.AsSpan(keptSlots), CollectionsMarshal.AsSpan(keptValues));
    }
}
