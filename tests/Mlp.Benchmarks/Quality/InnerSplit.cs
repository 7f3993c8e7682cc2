namespace Mlp.Benchmarks.Quality;

/// <summary>Divides training rows into rows to fit on and rows to judge by, the same for everyone who asks.</summary>
internal static class InnerSplit
{
    /// <summary>The part of the rows that is held out.</summary>
    public const double HeldOutPart = 0.2;

    /// <summary>More of them make a fit's figure no more certain than its seed does.</summary>
    public const int MostJudgedRows = 5000;

    /// <summary>How many rows <see cref="Sample"/> is to fit on unless told otherwise.</summary>
    public const int FittedRows = 3000;

    /// <summary>Which rows are held out: a fifth, of each class a fifth of its own.</summary>
    /// <param name="classes">The class of each row; null where labels are numbers. A class of one row stays with the rows to fit
    /// on.</param>
    /// <param name="rowCount">Rows to divide.</param>
    /// <param name="seed">Another seed holds out other rows.</param>
    public static bool[] HeldOut(IReadOnlyList<string>? classes, int rowCount, int seed)
    {
        var heldOut = new bool[rowCount];
        foreach (IGrouping<string, int> group in Enumerable.Range(0, rowCount).GroupBy(row => classes?[row] ?? ""))
        {
            int[] rows = [.. group.OrderBy(row => Hash(row, seed))];
            int count = rows.Length == 1 ? 0 : Math.Max(1, (int)Math.Round(HeldOutPart * rows.Length));
            foreach (int row in rows.AsSpan(0, count))
                heldOut[row] = true;
        }
        return heldOut;
    }

    /// <summary>To which fold each row belongs: the rows of each class are dealt out in turn, so that folds differ by at most one row of a
    /// class.</summary>
    /// <param name="classes">The class of each row; null where labels are numbers.</param>
    /// <param name="rowCount">Rows to divide.</param>
    /// <param name="foldCount">At least 2.</param>
    /// <param name="seed">Another seed deals out otherwise.</param>
    public static int[] Folds(IReadOnlyList<string>? classes, int rowCount, int foldCount, int seed)
    {
        var folds = new int[rowCount];
        // Goes on from class to class: the odd rows of many small classes do not all fall into the first fold.
        int next = 0;
        foreach (IGrouping<string, int> group in Enumerable.Range(0, rowCount).GroupBy(row => classes?[row] ?? ""))
        {
            foreach (int row in group.OrderBy(row => Hash(row, seed)))
                folds[row] = next++ % foldCount;
        }
        return folds;
    }

    /// <summary>
    /// Some rows to fit on and others to judge by, for choosing among recipes in little time: rows in the order of a hash of their numbers,
    /// the first three quarters (but no more than are wanted) to fit on, and of the others as many as
    /// <see cref="MostJudgedRows"/> to judge by.
    /// </summary>
    /// <param name="rowCount">Rows there are.</param>
    /// <param name="mostFittedRows">How many to fit on at most.</param>
    /// <param name="seed">Another seed takes other rows.</param>
    /// <returns>Numbers of rows, both in rising order.</returns>
    public static (int[] Fitted, int[] Judged) Sample(int rowCount, int mostFittedRows, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount).OrderBy(row => Hash(row, seed))];
        int fitted = Math.Min(rowCount - rowCount / 4, mostFittedRows);
        return ([.. rows.Take(fitted).Order()], [.. rows.Skip(fitted).Take(MostJudgedRows).Order()]);
    }

    // The finalizer of SplitMix64 (Steele, Lea & Flood 2014) is one to one in 64 bits, so no two rows tie.
    private static ulong Hash(int row, int seed)
    {
        ulong bits = (((ulong)(uint)seed << 32) | (uint)row) + 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
