using Mlp.Reports.Content;

namespace Mlp.Reports.Findings;

/// <summary>Whether one column alone determines the label: often a sign that its value is not known when the model predicts.</summary>
internal static class LabelLeak
{
    private const double SuspiciousShare = 0.995, SuspiciousCorrelation = 0.999;
    private const int LeastRowCount = 50, RowsPerBin = 20, MaxBinCount = 32;

    /// <param name="values">The column, one per row.</param>
    /// <param name="rows">The labels: a number each.</param>
    /// <returns>A warning in words; null for none.</returns>
    public static string? OfNumbers(double[] values, ReportRows rows)
    {
        if (values.Length < LeastRowCount)
            return null;
        double correlation = Correlation(values, [.. Enumerable.Range(0, values.Length).Select(row => rows.Targets[row][0])]);
        return Math.Abs(correlation) >= SuspiciousCorrelation ? $"may leak the label: their correlation is {correlation:F4}" : null;
    }

    /// <param name="values">The column, one per row.</param>
    /// <param name="rows">The labels: classes that exclude each other.</param>
    /// <returns>A warning in words; null for none.</returns>
    public static string? OfClasses(double[] values, ReportRows rows)
    {
        if (values.Length < LeastRowCount)
            return null;
        int[] classes = ClassesOf(rows);
        return OfShare(ShareRight(values, classes), classes);
    }

    /// <param name="values">The value of a category, one per row; rows that have none have a value of their own.</param>
    /// <param name="rows">The labels: classes that exclude each other.</param>
    /// <returns>A warning in words; null for none.</returns>
    public static string? OfClassesByCategory(int[] values, ReportRows rows)
    {
        if (values.Length < LeastRowCount)
            return null;
        int[] classes = ClassesOf(rows);
        var counts = values.Zip(classes).CountBy(pair => pair).ToLookup(pair => pair.Key.First, pair => (long)pair.Value);
        // Each row is told the class of most other rows of its value: where one class leads by two or more, its rows are told right. A
        // value of one row tells nothing.
        long right = counts.Sum(ofValue =>
        {
            long[] ordered = [.. ofValue.OrderDescending()];
            return ordered[0] - (ordered.Length > 1 ? ordered[1] : 0) > 1 ? ordered[0] : 0;
        });
        return OfShare(right / (double)values.Length, classes);
    }

    /// <param name="values">The value of a category, one per row; rows that have none have a value of their own.</param>
    /// <param name="rows">The labels: a number each.</param>
    /// <returns>A warning in words; null for none.</returns>
    public static string? OfNumbersByCategory(int[] values, ReportRows rows)
    {
        if (values.Length < LeastRowCount)
            return null;
        double[] labels = [.. Enumerable.Range(0, values.Length).Select(row => rows.Targets[row][0])];
        var groups = values.Zip(labels).GroupBy(pair => pair.First, pair => pair.Second).ToList();
        double all = SquaresAboutMean(labels), within = groups.Sum(SquaresAboutMean);
        if (all == 0 || groups.Count == values.Length)
            return null;
        double explained = 1 - within / (values.Length - groups.Count) * ((values.Length - 1) / all);
        return explained >= SuspiciousCorrelation * SuspiciousCorrelation
            ? $"may leak the label: its values explain {100 * explained:F2} % of the variance" : null;
    }

    private static int[] ClassesOf(ReportRows rows) =>
        [.. Enumerable.Range(0, rows.RowCount).Select(row => ReportContent.ClassOf(rows.Targets[row]))];

    private static string? OfShare(double share, int[] classes)
    {
        double majority = classes.CountBy(each => each).Max(pair => pair.Value) / (double)classes.Length;
        // With only one class, every column determines the label; with a rare class, always guessing the other one is nearly always right.
        return majority < 1 && 1 - share <= (1 - SuspiciousShare) * Math.Min(1, 2 * (1 - majority))
            ? $"may leak the label: it alone tells the class in {100 * share:F1} % of the rows" : null;
    }

    private static double SquaresAboutMean(IEnumerable<double> values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }

    /// <summary>The share of rows that are classified correctly by one cut within each bin. Bins have equal numbers of rows, in the order
    /// of the values.</summary>
    private static double ShareRight(double[] values, int[] classes)
    {
        // That a value is missing can tell the class, too: it is a value of its own, below the others.
        values = [.. values.Select(value => double.IsNaN(value) ? double.NegativeInfinity : value)];
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(row => values[row])];
        int binCount = Math.Min(MaxBinCount, values.Length / RowsPerBin), right = 0, start = 0;
        for (int bin = 1; bin <= binCount; bin++)
        {
            int end = bin == binCount ? order.Length : order.Length * bin / binCount;
            // Equal values stay together.
            while (end < order.Length && end > 0 && values[order[end]] == values[order[end - 1]])
                end++;
            if (end <= start)
                continue;
            right += BestCut(classes, order.AsSpan(start, end - start), values);
            start = end;
        }
        return right / (double)values.Length;
    }

    /// <summary>The most rows that are classified correctly by one cut between different values, with one class on either side.</summary>
    private static int BestCut(int[] classes, ReadOnlySpan<int> rows, double[] values)
    {
        int classCount = 0;
        foreach (int row in rows)
            classCount = Math.Max(classCount, classes[row] + 1);
        int[] left = new int[classCount], right = new int[classCount];
        foreach (int row in rows)
            right[classes[row]]++;
        int best = right.Max();
        for (int place = 0; place < rows.Length - 1; place++)
        {
            left[classes[rows[place]]]++;
            right[classes[rows[place]]]--;
            // Only a cut between two classes can improve the result.
            if (values[rows[place]] != values[rows[place + 1]] && classes[rows[place]] != classes[rows[place + 1]])
                best = Math.Max(best, left.Max() + right.Max());
        }
        return best;
    }

    /// <summary>The correlation over the rows whose value is not missing; 0 for few of them.</summary>
    private static double Correlation(double[] left, double[] right)
    {
        if (left.Any(double.IsNaN))
        {
            right = [.. right.Where((_, row) => !double.IsNaN(left[row]))];
            left = [.. left.Where(value => !double.IsNaN(value))];
            if (left.Length < LeastRowCount)
                return 0;
        }
        double leftMean = left.Average(), rightMean = right.Average(), product = 0, leftSquares = 0, rightSquares = 0;
        for (int row = 0; row < left.Length; row++)
        {
            product += (left[row] - leftMean) * (right[row] - rightMean);
            leftSquares += (left[row] - leftMean) * (left[row] - leftMean);
            rightSquares += (right[row] - rightMean) * (right[row] - rightMean);
        }
        return leftSquares == 0 || rightSquares == 0 ? 0 : product / Math.Sqrt(leftSquares * rightSquares);
    }
}
