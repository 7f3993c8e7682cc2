using Mlp.Networks;

namespace Mlp.Data;

/// <summary>Which slots of a feature vector are numbers, which belong to a category, and which are kept as index and value.</summary>
/// <remarks>A slot that is none of these was 0 in all rows of the training, and is not looked at.</remarks>
internal sealed record FeatureLayout
{
    /// <summary>Slots of the vector.</summary>
    public required int SlotCount { get; init; }

    /// <summary>The slots of the dense numbers, ascending.</summary>
    public required int[] NumberSlots { get; init; }

    /// <summary>The slots of each category, range after range.</summary>
    public CategorySlots[] Categories { get; init; } = [];

    /// <summary>Numbers whose bins are categories, too, after those with slots.</summary>
    public BinnedNumber[] Bins { get; init; } = [];

    /// <summary>Pairs of columns that are categories, too, after the bins.</summary>
    public CrossedCategory[] Crosses { get; init; } = [];

    /// <summary>Categories that come from columns of their own, after those of the vector: the number of values of each.</summary>
    public int[] KeyCounts { get; init; } = [];

    /// <summary>The slots that are kept as index and value, ascending.</summary>
    public int[] SparseSlots { get; init; } = [];

    /// <summary>Whether a row's numbers are its vector.</summary>
    public bool IsIdentity => NumberSlots.Length == SlotCount && KeyCounts.Length == 0 && Bins.Length + Crosses.Length == 0;

    /// <summary>Categories of a row, those of columns of their own included.</summary>
    public int CategoryCount => FirstKey + KeyCounts.Length;

    /// <summary>Where the categories of columns of their own begin among all.</summary>
    public int FirstKey => FirstCross + Crosses.Length;

    /// <summary>Where those begin that are pairs of columns.</summary>
    public int FirstCross => Categories.Length + Bins.Length;

    /// <summary>The bins that a category is made of; null for one with slots or a column of its own.</summary>
    public BinnedNumber? BinsOf(int category) =>
        category >= Categories.Length && category < FirstCross ? Bins[category - Categories.Length] : null;

    /// <summary>The pair that a category is; null for any other.</summary>
    public CrossedCategory? CrossOf(int category) =>
        category >= FirstCross && category < FirstKey ? Crosses[category - FirstCross] : null;

    /// <summary>Whether a category repeats what other features say: it is no feature of its own.</summary>
    public bool IsDerived(int category) => category >= Categories.Length && category < FirstKey;

    /// <summary>The layout of a vector of numbers alone.</summary>
    public static FeatureLayout Dense(int slotCount) =>
        new() { SlotCount = slotCount, NumberSlots = [.. Enumerable.Range(0, slotCount)] };

    /// <summary>Values of a category.</summary>
    public int ValueCountOf(int category) =>
        category < Categories.Length ? Categories[category].ValueCount
        : category < FirstCross ? Bins[category - Categories.Length].ValueCount
        : category < FirstKey ? Crosses[category - FirstCross].ValueCount : KeyCounts[category - FirstKey];

    /// <summary>What a network of such rows is given, as counts.</summary>
    public InputDescription ToInputs() => new(NumberSlots.Length)
    {
        Categories = [.. Enumerable.Range(0, CategoryCount).Select(category => new CategoryDescription(ValueCountOf(category), Width: 1))],
        SparseCount = SparseSlots.Length,
    };
}

/// <summary>A category as flags: the value v is a 1 in slot First + v − 1, and an unknown one is a 0 in all of them.</summary>
/// <param name="First">Its first slot.</param>
/// <param name="ValueCount">Slots, at least 1.</param>
internal readonly record struct CategorySlots(int First, int ValueCount);
