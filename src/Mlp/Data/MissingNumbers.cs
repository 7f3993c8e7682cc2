using System.Numerics;
using Mlp.Numerics;

namespace Mlp.Data;

/// <summary>Missing numbers of columns that had none in training.</summary>
internal static class MissingNumbers
{
    /// <summary>Gives them the middles of their columns, in place.</summary>
    /// <param name="numbers">[rows x numbers], scaled.</param>
    /// <param name="middles">One per number.</param>
    /// <param name="learnt">Columns, ascending, that stay as they are: the network fills them in.</param>
    /// <returns>The index of the first of them; −1 for none.</returns>
    public static int Fill<T>(Span<T> numbers, ReadOnlySpan<T> middles, IReadOnlyList<int> learnt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Mostly there is nothing to do.
        int first = middles.IsEmpty ? -1 : Finite.IndexOfAnyExcept(numbers);
        if (first < 0)
            return -1;
        int firstFilled = -1;
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
                firstFilled = firstFilled < 0 ? start + column : firstFilled;
            }
        }
        return firstFilled;
    }
}
