using Mlp.Reports.Content;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Findings;

/// <summary>Possible problems of the rows and the columns, a sentence each.</summary>
internal static class DataWarnings
{
    private const int FewRows = 100, MaxColumnCount = 20;

    public static IEnumerable<string> Of(ReportContent content, IReadOnlyList<ColumnSummary> columns)
    {
        if (content.Train is { RowCount: > 0 } train)
        {
            (string Name, string Note)[] notes = [.. columns.SelectMany(
                summary => summary.Notes.Select(note => (summary.Column.Name, note)))];
            foreach ((string name, string note) in notes.Take(MaxColumnCount))
                yield return $"Column {name}: {note}.";
            if (notes.Length > MaxColumnCount)
                yield return $"{notes.Length - MaxColumnCount} more columns have such notes; the table of the columns shows them.";
        }
        foreach ((ReportRows? rows, string purpose) in ((ReportRows?, string)[])[(content.Train, "training"), (content.Test, "test")])
        {
            if (rows is { SkippedRowCount: > 0 })
            {
                yield return $"{rows.SkippedRowCount:N0} of {rows.TotalRowCount:N0} {purpose} rows have "
                    + (rows.KeepsMissing ? "infinite features or no label" : "missing or infinite values") + " and are left out here.";
            }
        }
        if (content.Test is not { RowCount: > 0 } test)
            yield break;
        if (test.RowCount < FewRows)
            yield return $"There {(test.RowCount == 1 ? "is" : "are")} only {Texts.Plural(test.RowCount, "test row")}; "
                + "look at the intervals, not at the figures alone.";
        if (content.Train is { RowCount: > 0 } known && CountShared(known, test) is > 0 and int shared)
        {
            yield return $"{shared:N0} of {test.RowCount:N0} test rows are among the training rows, feature by feature; figures may "
                + "be too good.";
        }
        foreach (string warning in OfClasses(content))
            yield return warning;
    }

    private static IEnumerable<string> OfClasses(ReportContent content)
    {
        if (content.ClassCount == 0)
            yield break;
        var counts = new int[content.ClassCount];
        foreach (int actual in content.Predictions!.Actual)
            counts[actual]++;
        string[] absent =
            [.. Enumerable.Range(0, counts.Length).Where(each => counts[each] == 0).Select(each => content.OutputNames[each])];
        if (absent.Length > 0)
        {
            yield return $"No test row is of class {string.Join(", ", absent.Take(MaxColumnCount))}; "
                + $"figures say nothing of {(absent.Length == 1 ? "it" : "them")}.";
        }
        if (content.Task.WarnOf(content, counts) is string ofTask)
            yield return ofTask;
    }

    /// <summary>Test rows whose features are exactly those of a training row.</summary>
    private static int CountShared(ReportRows train, ReportRows test)
    {
        ILookup<ulong, int> known = Enumerable.Range(0, train.RowCount).ToLookup(row => Hash(train.Features[row]));
        return Enumerable.Range(0, test.RowCount).Count(
            row => known[Hash(test.Features[row])].Any(other => train.Features[other].SequenceEqual(test.Features[row])));
    }

    private static ulong Hash(ReadOnlySpan<double> values)
    {
        ulong hash = 14695981039346656037;
        foreach (double value in values)
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(value)) * 1099511628211;
        return hash;
    }
}
