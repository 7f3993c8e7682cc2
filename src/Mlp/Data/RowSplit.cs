using Mlp.Numerics;
using Mlp.State;

namespace Mlp.Data;

/// <summary>Which rows to train on and which to hold out for validation, each in ascending order.</summary>
/// <param name="Training">Zero-based; at least one.</param>
/// <param name="Validation">The other ones; at least one.</param>
internal sealed record RowSplit(int[] Training, int[] Validation)
{
    /// <summary>Holds out a random part of the rows.</summary>
    /// <param name="rowCount">At least 2.</param>
    /// <param name="fraction">The part to hold out, in (0, 1); rounded to whole rows, at least one on each side.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 rows, or the fraction is not in (0, 1).</exception>
    public static RowSplit HoldOut(int rowCount, double fraction, int seed) => HoldOutStratified(new int[rowCount], fraction, seed);

    /// <summary>Holds out a random part of the rows of each class, so that both parts have the classes in the same shares.</summary>
    /// <param name="classIndices">The class of each row, at least 0; at least 2 rows.</param>
    /// <param name="fraction">The part to hold out, in (0, 1); at least one row on each side.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <remarks>
    /// As many rows are held out as without classes. Each class gives its share rounded down; what is missing comes from those with the
    /// largest remainders. Of every class at least one row is trained on, as long as that leaves a row to hold out.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 rows, or the fraction is not in (0, 1).</exception>
    public static RowSplit HoldOutStratified(ReadOnlySpan<int> classIndices, double fraction, int seed)
    {
        int rowCount = classIndices.Length;
        if (rowCount < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(classIndices), $"There are {rowCount} rows; holding some out needs at least 2.");
        }
        RangeCheck.Require(fraction is > 0 and < 1, fraction, "in (0, 1)");
        int wanted = Math.Clamp((int)Math.Round(fraction * rowCount, MidpointRounding.AwayFromZero), 1, rowCount - 1);
        int[] heldOutPerClass = Shares(classIndices, fraction, wanted);

        int[] order = [.. Enumerable.Range(0, rowCount)];
        new RandomSource(seed).Shuffle(order);
        var isHeldOut = new bool[rowCount];
        foreach (int row in order)
            isHeldOut[row] = heldOutPerClass[classIndices[row]]-- > 0;
        return new RowSplit(
            [.. Enumerable.Range(0, rowCount).Where(row => !isHeldOut[row])],
            [.. Enumerable.Range(0, rowCount).Where(row => isHeldOut[row])]);
    }

    /// <summary>Cuts the rows into parts of the same size, give or take one, with the classes in the same shares, and holds out each in
    /// turn.</summary>
    /// <param name="classIndices">The class of each row; at least 2 rows.</param>
    /// <param name="partCount">At least 2; more than rows count as many as there are rows.</param>
    /// <param name="seed">The same seed draws the same parts.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 rows or parts.</exception>
    public static IReadOnlyList<RowSplit> Folds(ReadOnlySpan<int> classIndices, int partCount, int seed) =>
        Folds(classIndices, partCount, seed, checkCancellation: null);

    /// <inheritdoc cref="Folds(ReadOnlySpan{int}, int, int)"/>
    internal static IReadOnlyList<RowSplit> Folds(ReadOnlySpan<int> classIndices, int partCount, int seed, Action? checkCancellation)
    {
        int rowCount = classIndices.Length;
        if (rowCount < 2)
            throw new ArgumentOutOfRangeException(nameof(classIndices), $"There are {rowCount} rows; holding some out needs at least 2.");
        RangeCheck.AtLeast(2, partCount);
        partCount = Math.Min(partCount, rowCount);
        int[] order = [.. Enumerable.Range(0, rowCount)];
        new RandomSource(seed).Shuffle(order);
        // Dealt out like cards, class after class: each class has its own place among the cards, and within it the order stays random.
        int[] next = CountBefore(classIndices);
        var partOf = new int[rowCount];
        foreach (int row in order)
            partOf[row] = next[classIndices[row]]++ % partCount;
        return [.. Enumerable.Range(0, partCount).Select(Fold)];

        RowSplit Fold(int part)
        {
            checkCancellation?.Invoke();
            return new RowSplit(
                [.. Enumerable.Range(0, rowCount).Where(row => partOf[row] != part)],
                [.. Enumerable.Range(0, rowCount).Where(row => partOf[row] == part)]);
        }
    }

    /// <summary>How many rows each class has.</summary>
    private static int[] Count(ReadOnlySpan<int> classIndices)
    {
        var counts = new int[1];
        foreach (int classIndex in classIndices)
        {
            if (classIndex >= counts.Length)
                Array.Resize(ref counts, classIndex + 1);
            counts[classIndex]++;
        }
        return counts;
    }

    /// <summary>How many rows the classes before each class have.</summary>
    private static int[] CountBefore(ReadOnlySpan<int> classIndices)
    {
        int sum = 0;
        return [.. Count(classIndices).Select(count => (sum += count) - count)];
    }

    private static int[] Shares(ReadOnlySpan<int> classIndices, double fraction, int wanted)
    {
        int[] counts = Count(classIndices);
        int[] shares = [.. counts.Select(count => Math.Min((int)(fraction * count), Math.Max(count - 1, 0)))];
        // By remainder, first class first among equals; a second round takes what the first could not give.
        int[] byRemainder = [.. Enumerable.Range(0, counts.Length).OrderByDescending(index => fraction * counts[index] - shares[index])];
        int missing = wanted - shares.Sum();
        for (int kept = 1; kept >= 0 && missing > 0; kept--)
        {
            for (bool any = true; any && missing > 0;)
            {
                any = false;
                foreach (int index in byRemainder)
                {
                    if (missing > 0 && shares[index] + kept < counts[index])
                    {
                        shares[index]++;
                        missing--;
                        any = true;
                    }
                }
            }
        }
        return shares;
    }
}
