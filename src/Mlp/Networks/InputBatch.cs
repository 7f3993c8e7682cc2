namespace Mlp.Networks;

/// <summary>The inputs of some rows.</summary>
/// <param name="numbers">[rows x numbers]; NaN where one is missing that may be.</param>
/// <param name="categories">[rows x categories].</param>
/// <param name="sparse">The sparse part of each row.</param>
internal readonly ref struct InputBatch<T>(ReadOnlySpan<T> numbers, ReadOnlySpan<int> categories = default, SparseBatch<T> sparse = default)
{
    public readonly ReadOnlySpan<T> Numbers = numbers;
    public readonly ReadOnlySpan<int> Categories = categories;
    public readonly SparseBatch<T> Sparse = sparse;

    public static implicit operator InputBatch<T>(ReadOnlySpan<T> numbers) => new(numbers);

    public static implicit operator InputBatch<T>(Span<T> numbers) => new(numbers);

    public static implicit operator InputBatch<T>(T[] numbers) => new(numbers);
}

/// <summary>The sparse parts of some rows, one after the other: row r has the entries starts[r] to starts[r + 1] − 1.</summary>
/// <param name="starts">One more than there are rows; 0 is the first entry of <paramref name="slots"/>.</param>
/// <param name="slots">Ascending within a row.</param>
/// <param name="values">As many.</param>
internal readonly ref struct SparseBatch<T>(ReadOnlySpan<int> starts, ReadOnlySpan<int> slots, ReadOnlySpan<T> values)
{
    public readonly ReadOnlySpan<int> Starts = starts, Slots = slots;
    public readonly ReadOnlySpan<T> Values = values;

    /// <summary>The slots of a row that are not 0.</summary>
    public ReadOnlySpan<int> SlotsOf(int row) => Slots[Starts[row]..Starts[row + 1]];

    /// <summary>What is in them.</summary>
    public ReadOnlySpan<T> ValuesOf(int row) => Values[Starts[row]..Starts[row + 1]];
}
