using System.Numerics;

namespace Mlp.Data;

/// <summary>Finds the numbers that are worth being seen as a category, too: those that are one value in most rows, and many in the
/// others.</summary>
/// <remarks>
/// Such a column (a capital gain, days on a waiting list, failures so far) is a flag and a number in one, and often some of its values mean
/// something of their own. A network that sees it as a number alone has a jump to learn for each of them.
/// </remarks>
internal static class NumberBins
{
    /// <summary>A bin that is not of a single value has at least so many rows: of fewer, a category's value learns little.</summary>
    public const int LeastRowCount = 20;

    /// <summary>Where more columns are of this kind than this, a table is one of counts or of pixels, and none gets bins.</summary>
    public const int MostColumnCount = 10;

    /// <param name="numbers">Rows, none infinite. NaN is a value that is missing, and left out.</param>
    /// <param name="maxBinCount">Bins of a number at most; less than 3 for none.</param>
    /// <param name="exampleWeights">As many rows of one value; null for 1 everywhere. A row of weight 2 counts as if it were there twice,
    /// one of weight 0 as if absent.</param>
    /// <param name="checkCancellation">Called before every column; what it throws ends the work. Null for nothing.</param>
    public static BinnedNumber[] Find<T>(
        RowBlocks<T> numbers, int maxBinCount, RowBlocks<T>? exampleWeights = null, Action? checkCancellation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (maxBinCount < 3)
            return [];
        (numbers, exampleWeights) = WeighingRows.Of(numbers, exampleWeights);
        double[]? counts = exampleWeights is null ? null : RankedValues.Counts(exampleWeights);
        double?[] common = Majorities(numbers, counts, checkCancellation);
        var found = new List<BinnedNumber>();
        for (int column = 0; column < common.Length; column++)
        {
            checkCancellation?.Invoke();
            if (common[column] is not double value)
                continue;
            double[] edges = EdgesOf(Others(numbers, column, counts, value), value, maxBinCount);
            if (edges.Length >= 2)
                found.Add(new BinnedNumber(column, edges));
        }
        return found.Count > MostColumnCount ? [] : [.. found];
    }

    /// <summary>For each column the value that more than half of the rows have; null where there is none. Source: Boyer and Moore 1981,
    /// "MJRTY: a fast majority vote algorithm".</summary>
    private static double?[] Majorities<T>(RowBlocks<T> numbers, double[]? counts, Action? checkCancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columnCount = numbers.RowLength;
        var candidates = new T[columnCount];
        double[] leads = new double[columnCount], same = new double[columnCount], all = new double[columnCount];
        ForEachRow((values, count) =>
        {
            for (int column = 0; column < values.Length; column++)
            {
                if (T.IsNaN(values[column]))
                    continue;
                if (values[column] == candidates[column])
                    leads[column] += count;
                else if (leads[column] >= count)
                    leads[column] -= count;
                else
                    (candidates[column], leads[column]) = (values[column], count - leads[column]);
            }
        });
        ForEachRow((values, count) =>
        {
            for (int column = 0; column < values.Length; column++)
            {
                all[column] += T.IsNaN(values[column]) ? 0 : count;
                same[column] += values[column] == candidates[column] ? count : 0;
            }
        });
        return [.. candidates.Select((candidate, column) =>
            same[column] > all[column] / 2 ? double.CreateTruncating(candidate) : (double?)null)];

        void ForEachRow(RowAction<T> action)
        {
            int row = 0;
            foreach (Memory<T> block in numbers.Blocks)
            {
                checkCancellation?.Invoke();
                ReadOnlySpan<T> values = block.Span;
                for (; !values.IsEmpty; values = values[columnCount..], row++)
                    action(values[..columnCount], counts?[row] ?? 1);
            }
        }
    }

    /// <summary>Every other value and how often it is there, ascending.</summary>
    private static (double Value, double Count)[] Others<T>(RowBlocks<T> numbers, int column, double[]? counts, double common)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var found = new Dictionary<double, double>();
        for (int row = 0; row < numbers.RowCount; row++)
        {
            double value = double.CreateTruncating(numbers[row][column]);
            if (!double.IsNaN(value) && value != common)
                found[value] = found.GetValueOrDefault(value) + (counts?[row] ?? 1);
        }
        return [.. found.Select(each => (each.Key, each.Value)).OrderBy(each => each.Key)];
    }

    /// <summary>The first number of each bin but the first: neighbouring values together until they have their share of the rows, and the
    /// most common one by itself.</summary>
    private static double[] EdgesOf((double Value, double Count)[] others, double common, int maxBinCount)
    {
        double share = Math.Max(LeastRowCount, others.Sum(each => each.Count) / (maxBinCount - 1));
        var starts = new List<double> { common };
        AddStarts(others.Where(each => each.Value < common));
        AddStarts(others.Where(each => each.Value > common));
        return [.. starts.Select(ToSingle).Distinct().Order().Skip(1)];

        void AddStarts(IEnumerable<(double Value, double Count)> values)
        {
            (int binsBefore, double inBin) = (starts.Count, share);
            foreach ((double value, double count) in values)
            {
                if (inBin >= share)
                {
                    starts.Add(value);
                    inBin = 0;
                }
                inBin += count;
            }
            // What is left over belongs to the bin before.
            if (inBin < share && starts.Count > binsBefore + 1)
                starts.RemoveAt(starts.Count - 1);
        }
    }

    /// <summary>The largest single-precision number that is not above the value.</summary>
    private static double ToSingle(double value)
    {
        var single = (float)value;
        return single > value ? float.BitDecrement(single) : single;
    }

    private delegate void RowAction<T>(ReadOnlySpan<T> values, double count);
}
