using System.Collections;

namespace Mlp.Tool.Models;

/// <summary>Divides rows into parts of the same size, each with the same share of every class.</summary>
internal static class Folds
{
    /// <summary>For each part, one bit a row: whether the row is in it.</summary>
    /// <param name="labels">Class indices, or numbers.</param>
    /// <param name="hasClasses">Whether they are classes.</param>
    /// <param name="count">Parts, at least 2.</param>
    /// <param name="seed">Of the order of rows.</param>
    public static BitArray[] Create(IReadOnlyList<float> labels, bool hasClasses, int count, int seed)
    {
        BitArray[] folds = [.. Enumerable.Range(0, count).Select(_ => new BitArray(labels.Count))];
        var random = new Random(seed);
        int next = 0;
        foreach (var group in Enumerable.Range(0, labels.Count).GroupBy(row => hasClasses ? labels[row] : 0).OrderBy(group => group.Key))
        {
            int[] rows = [.. group];
            random.Shuffle(rows);
            foreach (int row in rows)
                folds[next++ % count][row] = true;
        }
        return folds;
    }
}
