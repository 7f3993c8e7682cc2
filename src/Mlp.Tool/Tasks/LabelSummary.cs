using Microsoft.ML;

namespace Mlp.Tool.Tasks;

/// <summary>A summary of the labels of some rows: enough for a guess without features, which a model has to beat.</summary>
/// <param name="RowCount">Rows with a label.</param>
/// <param name="Counts">Rows of each class; null for numbers.</param>
/// <param name="Mean">Mean of the numbers; null for classes.</param>
/// <param name="Median">Median of the numbers; null for classes.</param>
internal sealed record LabelSummary(long RowCount, IReadOnlyList<long>? Counts, double? Mean, double? Median)
{
    /// <summary>The summary of class indices or, with no classes, of numbers. NaN, which means no label, is not counted.</summary>
    public static LabelSummary Of(IEnumerable<float> labels, int classCount)
    {
        float[] known = [.. labels.Where(label => !float.IsNaN(label))];
        if (classCount == 0)
        {
            Array.Sort(known);
            double? median = known.Length == 0 ? null : ((double)known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
            return new LabelSummary(known.Length, null, known.Length == 0 ? null : known.Average(label => (double)label), median);
        }
        long[] counts = new long[classCount];
        foreach (float label in known)
            counts[(int)label]++;
        return new LabelSummary(known.Length, counts, null, null);
    }

    /// <summary>The class that all rows have; null when there are several, for numbers and without rows.</summary>
    public string? OnlyClass(IReadOnlyList<string> classes) =>
        RowCount > 0 && Counts?.ToList().FindIndex(count => count == RowCount) is >= 0 and int index ? classes[index] : null;

    /// <summary>Reads the label of the cursor's row: the index of its class or, with no classes, the number; NaN for none.</summary>
    public static Func<float> CreateReader(DataViewRow row, DataViewSchema.Column column, IReadOnlyList<string> classes)
    {
        if (classes.Count == 0)
        {
            ValueGetter<float> getNumber = row.GetGetter<float>(column);
            return () =>
            {
                float number = 0;
                getNumber(ref number);
                return number;
            };
        }
        var indices = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => (float)pair.index);
        var lookup = indices.GetAlternateLookup<ReadOnlySpan<char>>();
        ValueGetter<ReadOnlyMemory<char>> getName = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> name = default;
        return () =>
        {
            getName(ref name);
            return lookup.TryGetValue(name.Span, out float index) ? index : float.NaN;
        };
    }
}
