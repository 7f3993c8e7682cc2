using Mlp.Numerics;

namespace Mlp.Networks;

/// <summary>What the rows of a network consist of, before its first layer.</summary>
/// <param name="NumberCount">Dense numbers of a row, at least 0.</param>
internal sealed record InputDescription(int NumberCount)
{
    /// <summary>Which numbers may be missing (NaN), ascending: the network learns a value for each and gets an indicator.</summary>
    public IReadOnlyList<int> MissingColumns { get; init; } = [];

    /// <summary>One index of a row each: 0 for a value that is not known, otherwise 1 to its number of values.</summary>
    public IReadOnlyList<CategoryDescription> Categories { get; init; } = [];

    /// <summary>Slots of which a row names those that are not 0.</summary>
    public int SparseCount { get; init; }

    /// <summary>How many of them a row has, in the mean: for estimates of memory.</summary>
    public double SparseInputsPerRow { get; init; }

    /// <summary>Whether the numbers are all there is, and none may be missing.</summary>
    public bool IsDense => MissingColumns.Count == 0 && Categories.Count == 0 && SparseCount == 0;

    /// <summary>Numbers, indicators and embeddings side by side: what <see cref="InputEncoder{T}"/> makes of a row.</summary>
    public long EncodedCount => NumberCount + (long)MissingColumns.Count + Categories.Sum(category => (long)category.Width);

    /// <summary>Whether networks of both have the same parameters, meaning the same.</summary>
    public bool HasShapeOf(InputDescription other) =>
        NumberCount == other.NumberCount && SparseCount == other.SparseCount && MissingColumns.SequenceEqual(other.MissingColumns)
        && Categories.Select(category => (category.ValueCount, category.Width))
            .SequenceEqual(other.Categories.Select(category => (category.ValueCount, category.Width)));

    /// <summary>Checks every member against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside; the message names it.</exception>
    public void Validate()
    {
        RangeCheck.AtLeast(0, NumberCount);
        RangeCheck.AtLeast(0, SparseCount);
        for (int index = 0; index < MissingColumns.Count; index++)
        {
            int least = index == 0 ? 0 : MissingColumns[index - 1] + 1;
            RangeCheck.Require(
                MissingColumns[index] >= least && MissingColumns[index] < NumberCount, MissingColumns[index],
                $"from {least} to {NumberCount - 1}: columns of the numbers, ascending", $"MissingColumns[{index}]");
        }
        for (int index = 0; index < Categories.Count; index++)
        {
            RangeCheck.AtLeast(1, Categories[index].ValueCount, $"Categories[{index}].ValueCount");
            RangeCheck.AtLeast(1, Categories[index].Width, $"Categories[{index}].Width");
        }
        RangeCheck.Require(EncodedCount + SparseCount >= 1, NumberCount, "at least 1 where there are no categories and sparse slots");
    }
}

/// <summary>A category that a network learns an embedding of: e(value) = base + table[value], and e(unknown) = base.</summary>
/// <param name="ValueCount">Values that the training knows, at least 1.</param>
/// <param name="Width">Numbers that stand for a value, at least 1.</param>
/// <remarks>Both begin at 0: the weights of the first layer, which are drawn, make the numbers of a value differ.</remarks>
internal sealed record CategoryDescription(int ValueCount, int Width);
