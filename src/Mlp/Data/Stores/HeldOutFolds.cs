namespace Mlp.Data.Stores;

/// <summary>Which part of a table a row belongs to, by a hash of its number: parts that are held out one at a time, and the rest.</summary>
/// <param name="Seed">Of the training.</param>
/// <param name="FoldCount">Parts that some network holds out; 0 where none does.</param>
/// <param name="Fraction">Of the rows in each, in (0, 1).</param>
internal sealed record HeldOutFolds(int Seed, int FoldCount, double Fraction)
{
    /// <summary>More networks begin again with the first part: each has a block of rows of its own in memory while a table is
    /// written.</summary>
    public const int MostFolds = 64;

    /// <summary>Nothing is held out.</summary>
    public static HeldOutFolds None { get; } = new(Seed: 0, FoldCount: 0, Fraction: 0);

    /// <summary>Parts with the rest.</summary>
    public int GroupCount => FoldCount + 1;

    /// <summary>The part of a row; <see cref="FoldCount"/> for the rest.</summary>
    /// <param name="rowNumber">Zero-based, in the order of the source.</param>
    public int GroupOf(long rowNumber)
    {
        if (FoldCount == 0)
            return 0;
        // Another hash than the one that shuffles.
        double place = (RowHash.Of((uint)Seed ^ 0xF01D_0000_0000UL, rowNumber) >> 11) * (1.0 / (1UL << 53));
        return (int)Math.Min(FoldCount, place / Fraction);
    }
}
