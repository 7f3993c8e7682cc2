using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Data;

/// <summary>Missing numbers of columns that had none in training.</summary>
internal static class MissingNumbers
{
    /// <summary>The index of the first that is missing, among [rows x columns]; −1 for none.</summary>
    /// <param name="numbers">[rows x numbers].</param>
    /// <param name="columnCount">Numbers of a row.</param>
    /// <param name="learnt">Columns, ascending, in which the network knows what to make of them.</param>
    public static int IndexOf<T>(ReadOnlySpan<T> numbers, int columnCount, IReadOnlyList<int> learnt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int start = 0; start < numbers.Length; start++)
        {
            int found = Finite.IndexOfAnyExcept(numbers[start..]);
            if (found < 0)
                return -1;
            start += found;
            if (T.IsNaN(numbers[start]) && !learnt.Contains(start % columnCount))
                return start;
        }
        return -1;
    }

    /// <summary>Gives them the middles of their columns, in place.</summary>
    /// <param name="numbers">[rows x numbers], scaled.</param>
    /// <param name="middles">One per number.</param>
    /// <param name="learnt">Columns, ascending, that stay as they are: the network fills them in.</param>
    /// <returns>Whether there were any.</returns>
    public static bool Fill<T>(Span<T> numbers, ReadOnlySpan<T> middles, IReadOnlyList<int> learnt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Mostly there is nothing to do.
        int first = middles.IsEmpty ? -1 : Finite.IndexOfAnyExcept(numbers);
        if (first < 0)
            return false;
        bool any = false;
        for (int start = first / middles.Length * middles.Length; start < numbers.Length; start += middles.Length)
        {
            Span<T> row = numbers.Slice(start, middles.Length);
            int next = 0;
            for (int column = 0; column < row.Length; column++)
            {
                bool isLearnt = next < learnt.Count && learnt[next] == column;
                next += isLearnt ? 1 : 0;
                if (isLearnt || !T.IsNaN(row[column]))
                    continue;
                row[column] = middles[column];
                any = true;
            }
        }
        return any;
    }
}
