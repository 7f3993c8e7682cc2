namespace Mlp.MLNet.Replay;

/// <summary>How the values of a column were distributed: counts of bins, whose edges stay as they were in the first training.</summary>
/// <param name="Edges">Of a number, ascending: a value belongs to the bin of as many edges as are not above it. Null for a category, whose
/// bins are its values: first those that are not known.</param>
/// <param name="Counts">Of a number one more than edges; of a category any number.</param>
/// <param name="MissingCount">Numbers that were missing.</param>
internal sealed record ColumnHistogram(float[]? Edges, long[] Counts, long MissingCount)
{
    private const int BinCount = 10;

    /// <summary>The bins of a number: its deciles in some rows, as far as they differ.</summary>
    /// <param name="values">In any order; NaN is missing.</param>
    public static ColumnHistogram ForNumber(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Where(value => !float.IsNaN(value)).Order()];
        float[] edges = sorted.Length == 0
            ? [] : [.. Enumerable.Range(1, BinCount - 1).Select(bin => sorted[(int)((long)sorted.Length * bin / BinCount)]).Distinct()];
        return new ColumnHistogram(edges, new long[edges.Length + 1], 0);
    }

    /// <summary>A histogram of the same bins with the counts of these values alone.</summary>
    /// <param name="values">Numbers.</param>
    public ColumnHistogram Count(IEnumerable<float> values)
    {
        var counts = new long[Counts.Length];
        long missing = 0;
        foreach (float value in values)
        {
            if (float.IsNaN(value))
            {
                missing++;
                continue;
            }
            int place = Array.BinarySearch(Edges!, value);
            counts[place >= 0 ? place + 1 : ~place]++;
        }
        return new ColumnHistogram(Edges, counts, missing);
    }

    /// <summary>The histogram of a category.</summary>
    /// <param name="values">0 for one that is not known.</param>
    /// <param name="valueCount">Values that are known.</param>
    public static ColumnHistogram CountCategory(IEnumerable<int> values, int valueCount)
    {
        var counts = new long[valueCount + 1];
        foreach (int value in values)
            counts[value]++;
        return new ColumnHistogram(Edges: null, counts, 0);
    }

    /// <summary>Both together; of a category one may know more values.</summary>
    public ColumnHistogram Plus(ColumnHistogram other)
    {
        var counts = new long[Math.Max(Counts.Length, other.Counts.Length)];
        for (int bin = 0; bin < counts.Length; bin++)
            counts[bin] = Counts.ElementAtOrDefault(bin) + other.Counts.ElementAtOrDefault(bin);
        return new ColumnHistogram(Edges, counts, MissingCount + other.MissingCount);
    }
}
