using Mlp.Data;
using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Findings;

/// <summary>The values of a column in the training rows.</summary>
/// <param name="Column">One feature, or a group.</param>
/// <param name="Kind">In words.</param>
/// <param name="Sorted">The values that are not missing, in ascending order; for a group, how often each of its features is not 0; for a
/// key column, how often it has each of its values.</param>
/// <param name="MissingCount">How many are missing; of a group rows in which a feature is; of a key also values that the training did not
/// have.</param>
/// <param name="Notes">Its possible problems, in words; may be empty.</param>
internal sealed record ColumnSummary(FeatureGroup Column, string Kind, double[] Sorted, int MissingCount, IReadOnlyList<string> Notes)
{
    private const int BinCount = 24, MaxGroupBinCount = 96;

    /// <summary>Whether it is a category, or other features that belong together: then it has counts and no values.</summary>
    public bool IsGroup => Column.FeatureCount > 1 || IsKey;

    /// <summary>Whether it is a key column beside the features.</summary>
    public bool IsKey { get; private init; }

    /// <summary>NaN where all values are missing, as all the numbers.</summary>
    public double Minimum => Sorted.Length == 0 ? double.NaN : Sorted[0];

    public double Median => Sorted.Length == 0 ? double.NaN : RobustStatistics.Quantile<double>(Sorted, 0.5);

    public double Maximum => Sorted.Length == 0 ? double.NaN : Sorted[^1];

    public double Mean => Sorted.Length == 0 ? double.NaN : Sorted.Average();

    /// <summary>Rows in bins of equal width from the minimum to the maximum; for a group, one bin per feature, or per some neighbouring
    /// ones where there are many.</summary>
    public double[] Histogram()
    {
        if (IsGroup)
            return [.. Sorted.Chunk((Sorted.Length + MaxGroupBinCount - 1) / MaxGroupBinCount).Select(counts => counts.Sum())];
        var bins = new double[BinCount];
        double width = (Maximum - Minimum) / BinCount;
        foreach (double value in Sorted)
            bins[width > 0 ? Math.Clamp((int)((value - Minimum) / width), 0, BinCount - 1) : BinCount / 2]++;
        return bins;
    }

    /// <summary>The summaries of all columns, in order.</summary>
    /// <param name="content">Names and columns.</param>
    /// <param name="rows">At least one.</param>
    public static IReadOnlyList<ColumnSummary> Of(ReportContent content, ReportRows rows)
    {
        var seen = new Dictionary<ulong, List<int>>();
        return [.. content.Columns.Select(
            column => content.IsKey(column) ? OfKey(column, content, rows)
                : column.FeatureCount > 1 ? OfGroup(column, content, rows) : OfFeature(column, content, rows, seen))];
    }

    private static ColumnSummary OfKey(FeatureGroup column, ReportContent content, ReportRows rows)
    {
        var counts = new double[content.KeyCounts[column.FirstFeature - content.Model.FeatureCount]];
        int unknownCount = 0;
        var values = new int[rows.RowCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            var value = (int)rows.Features[row][column.FirstFeature];
            values[row] = value;
            if (value == 0)
                unknownCount++;
            else
                counts[value - 1]++;
        }
        string[] notes = NotesOf(counts, unknownCount, values, content.Task, rows);
        return new ColumnSummary(column, $"category of {Texts.Count(counts.Length)}", counts, unknownCount, notes)
        {
            IsKey = true,
        };
    }

    /// <summary>Whether a category has but one value, the others counted as one, or tells the label.</summary>
    private static string[] NotesOf(double[] counts, int otherCount, int[] values, PredictionTask task, ReportRows rows)
    {
        if (counts.Count(count => count > 0) + (otherCount > 0 ? 1 : 0) <= 1)
            return ["constant: always the same, so nothing can be learnt from it"];
        return task.FindLeak(values, rows) is string leak ? [leak] : [];
    }

    private static ColumnSummary OfGroup(FeatureGroup column, ReportContent content, ReportRows rows)
    {
        var counts = new double[column.FeatureCount];
        int missingCount = 0;
        var found = new int[rows.RowCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<double> values = rows.Features[row].Slice(column.FirstFeature, counts.Length);
            for (int index = 0; index < counts.Length; index++)
            {
                if (values[index] == 0 || double.IsNaN(values[index]))
                    continue;
                counts[index]++;
                found[row] = index + 1;
            }
            missingCount += values.Contains(double.NaN) ? 1 : 0;
        }
        int sparseCount = content.Model.Layout?.SparseSlots
            .Count(slot => slot >= column.FirstFeature && slot < column.FirstFeature + column.FeatureCount) ?? 0;
        string[] notes = sparseCount == 0 ? NotesOf(counts, otherCount: 0, found, content.Task, rows) : [];
        string kind = sparseCount == 0 ? $"category of {column.FeatureCount}" : Texts.Plural(sparseCount, "sparse slot");
        return new ColumnSummary(column, kind, counts, missingCount, notes);
    }

    private static ColumnSummary OfFeature(FeatureGroup column, ReportContent content, ReportRows rows, Dictionary<ulong, List<int>> seen)
    {
        int feature = column.FirstFeature;
        double[] values = [.. Enumerable.Range(0, rows.RowCount).Select(row => rows.Features[row][feature])];
        var notes = new List<string>();
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        int missingCount = values.Length - sorted.Length;
        bool isConstant = sorted.Length == 0 || (missingCount == 0 && sorted[0] == sorted[^1]);
        if (isConstant)
            notes.Add($"{(sorted.Length == 0 ? "missing in every row" : "constant: always the same")}, so nothing can be learnt from it");
        else if (FindEqual(feature, values, rows, seen) is int other)
            notes.Add($"the same as {content.FeatureNames[other]} in every row; one of them is enough");
        if (!isConstant && content.Task.FindLeak(values, rows) is string leak)
            notes.Add(leak);
        int distinct = 1 + Enumerable.Range(1, Math.Max(0, sorted.Length - 1)).Count(index => sorted[index] != sorted[index - 1]);
        string kind = sorted.Length == 0 ? "missing" : isConstant ? "constant" : sorted[0] == 0 && sorted[^1] == 1 && distinct == 2 ? "flag"
            : sorted.All(value => value == Math.Floor(value)) ? "whole number" : "number";
        return new ColumnSummary(column, kind, sorted, missingCount, notes);
    }

    private static int? FindEqual(int feature, double[] values, ReportRows rows, Dictionary<ulong, List<int>> seen)
    {
        ulong hash = 14695981039346656037;
        foreach (double value in values)
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(value)) * 1099511628211;
        if (!seen.TryGetValue(hash, out List<int>? others))
            seen[hash] = others = [];
        foreach (int other in others)
        {
            if (Enumerable.Range(0, values.Length).All(row => rows.Features[row][other].Equals(values[row])))
                return other;
        }
        others.Add(feature);
        return null;
    }
}
