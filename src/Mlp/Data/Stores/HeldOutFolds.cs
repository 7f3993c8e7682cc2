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

    /// <summary>The parts that networks hold out where they are picked row by row, too: as many, and as large.</summary>
    /// <param name="networkCount">Networks that hold rows out.</param>
    /// <param name="fraction">Of the rows, for one network; for several at most.</param>
    /// <param name="seed">Of the training.</param>
    public static HeldOutFolds For(int networkCount, double fraction, int seed)
    {
        if (networkCount == 1)
            return new HeldOutFolds(seed, FoldCount: 1, fraction);
        int count = Math.Max(networkCount, (int)Math.Round(1 / fraction));
        return new HeldOutFolds(seed, Math.Min(networkCount, MostFolds), 1.0 / count);
    }

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
