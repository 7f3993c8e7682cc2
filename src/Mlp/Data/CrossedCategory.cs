namespace Mlp.Data;

/// <summary>A category whose values are the pairs of the values of two columns: a day of a month, an hour of a weekday.</summary>
/// <param name="First">One column.</param>
/// <param name="Second">The other one.</param>
internal sealed record CrossedCategory(CrossedColumn First, CrossedColumn Second)
{
    public int ValueCount => First.ValueCount * Second.ValueCount;

    /// <summary>From the values of the two, each from 1 on: 1 for the first value of both; 0, which stands for an unknown value, where one
    /// is 0 or has come to its column since.</summary>
    public int ValueOf(int first, int second) => first == 0 || first > First.ValueCount || second == 0 || second > Second.ValueCount
        ? 0 : (first - 1) * Second.ValueCount + second;
}

/// <summary>A column of few values, as half of a <see cref="CrossedCategory"/>: a category with slots, or the bins of a number.</summary>
/// <param name="Category">Which of the categories with slots; −1 for a number.</param>
/// <param name="Bins">Of the number; null for a category.</param>
/// <param name="ValueCount">Bins, or values of the category; it may have got more since.</param>
internal sealed record CrossedColumn(int Category, BinnedNumber? Bins, int ValueCount)
{
    public static CrossedColumn Of(int category, int valueCount) => new(category, null, valueCount);

    public static CrossedColumn Of(BinnedNumber bins) => new(-1, bins, bins.ValueCount);
}
