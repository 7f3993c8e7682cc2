using System.Numerics;
using Mlp.Networks;
using Mlp.Numerics;

namespace Mlp.Data;

/// <summary>Some rows side by side, as a network takes them; filled row by row. It grows where its rows have more entries than
/// before.</summary>
internal sealed class FeatureBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowBuffer<T> _numbers;
    private readonly int[] _categories, _starts;
    private int[] _slots = [];
    private T[] _values = [];

    /// <param name="inputs">What a row consists of.</param>
    /// <param name="maxRowCount">Rows that fit.</param>
    public FeatureBatch(InputDescription inputs, int maxRowCount)
    {
        (NumberCount, CategoryCount, MaxRowCount) = (inputs.NumberCount, inputs.Categories.Count, maxRowCount);
        HasSparse = inputs.SparseCount > 0;
        _numbers = new RowBuffer<T>(maxRowCount, NumberCount);
        _categories = new int[maxRowCount * CategoryCount];
        _starts = new int[HasSparse ? maxRowCount + 1 : 0];
    }

    public int NumberCount { get; }

    public int CategoryCount { get; }

    public bool HasSparse { get; }

    public int MaxRowCount { get; }

    public int RowCount { get; private set; }

    /// <summary>Values of all rows; an entry of a sparse slot counts twice, for its index.</summary>
    public int ValueCount => RowCount * (NumberCount + CategoryCount) + (HasSparse ? 2 * _starts[RowCount] : 0);

    /// <summary>[rows x numbers].</summary>
    public Span<T> Numbers => _numbers.Rows(RowCount);

    /// <summary>[rows x categories].</summary>
    public Span<int> Categories => _categories.AsSpan(0, RowCount * CategoryCount);

    /// <summary>What the sparse slots of all rows hold, row after row.</summary>
    public Span<T> SparseValues => HasSparse ? _values.AsSpan(0, _starts[RowCount]) : [];

    /// <summary>Which slots those are.</summary>
    public ReadOnlySpan<int> SparseSlots => HasSparse ? _slots.AsSpan(0, _starts[RowCount]) : [];

    /// <summary>What a network takes.</summary>
    public InputBatch<T> Inputs => new(
        Numbers, Categories, HasSparse ? new(_starts.AsSpan(0, RowCount + 1), SparseSlots, SparseValues) : default);

    /// <summary>What a network takes of some of the rows.</summary>
    public InputBatch<T> InputsOf(int start, int rowCount) => new(
        Numbers.Slice(start * NumberCount, rowCount * NumberCount),
        Categories.Slice(start * CategoryCount, rowCount * CategoryCount),
        HasSparse ? new(_starts.AsSpan(start, rowCount + 1), SparseSlots, SparseValues) : default);

    public void Clear() => RowCount = 0;

    /// <summary>Leaves the first rows alone.</summary>
    public void Truncate(int rowCount) => RowCount = Math.Min(RowCount, rowCount);

    /// <summary>Room for some more rows' numbers, of rows that have nothing else.</summary>
    public Span<T> AddNumbers(int rowCount)
    {
        int start = RowCount * NumberCount;
        RowCount += rowCount;
        return _numbers.All.Slice(start, rowCount * NumberCount);
    }

    /// <summary>Appends a row.</summary>
    public void Add(ReadOnlySpan<T> numbers, ReadOnlySpan<int> categories, ReadOnlySpan<int> slots, ReadOnlySpan<T> values)
    {
        numbers.CopyTo(_numbers.All[(RowCount * NumberCount)..]);
        categories.CopyTo(_categories.AsSpan(RowCount * CategoryCount));
        if (HasSparse)
        {
            int start = _starts[RowCount], end = start + slots.Length;
            Reserve(end);
            slots.CopyTo(_slots.AsSpan(start));
            values.CopyTo(_values.AsSpan(start));
            _starts[RowCount + 1] = end;
        }
        RowCount++;
    }

    private void Reserve(int count)
    {
        if (count <= _slots.Length)
            return;
        int capacity = (int)Math.Min(Array.MaxLength, Math.Max(count, 2L * _slots.Length));
        Array.Resize(ref _slots, capacity);
        Array.Resize(ref _values, capacity);
    }
}
