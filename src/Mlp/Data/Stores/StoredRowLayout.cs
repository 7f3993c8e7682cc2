namespace Mlp.Data.Stores;

/// <summary>How a row lies in a block: numbers, categories, where its sparse entries are and how many, targets, and its weight; four bytes
/// each.</summary>
/// <remarks>The entries lie behind the rows of the block, of each row first the slots and then the values. Where they are counts from the
/// first byte of the row.</remarks>
/// <param name="NumberCount">Dense numbers of a row.</param>
/// <param name="CategoryCount">Categories of a row.</param>
/// <param name="SparseCount">Sparse slots that a row may have; 0 for none.</param>
/// <param name="TargetCount">Targets of a row as they are stored: 1 for a class.</param>
/// <param name="HasWeights">Whether rows have weights.</param>
internal sealed record StoredRowLayout(int NumberCount, int CategoryCount, int SparseCount, int TargetCount, bool HasWeights)
{
    /// <summary>Where categories begin, in values of four bytes; so the others.</summary>
    public int FirstCategory => NumberCount;

    public int FirstEntry => NumberCount + CategoryCount;

    public int FirstTarget => FirstEntry + (SparseCount > 0 ? 2 : 0);

    public int Weight => FirstTarget + TargetCount;

    /// <summary>Values of a row without its entries.</summary>
    public int Length => Weight + (HasWeights ? 1 : 0);

    /// <summary>Bytes of a row without its entries.</summary>
    public int RowBytes => checked(Length * sizeof(float));
}
