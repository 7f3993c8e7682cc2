namespace Mlp.Benchmarks.Intervals;

/// <summary>How often intervals hold the label, and how wide they are.</summary>
/// <param name="Coverage">The part of all rows.</param>
/// <param name="Quarters">The same among the rows with the lowest quarter of predictions, and so on.</param>
/// <param name="Width">The mean.</param>
internal sealed record IntervalFigures(double Coverage, double[] Quarters, double Width)
{
    /// <param name="intervals">One per row.</param>
    /// <param name="labels">One per row.</param>
    /// <param name="predictions">Rows are put in order by them.</param>
    public static IntervalFigures Of((double Lower, double Upper)[] intervals, float[] labels, float[] predictions)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length).OrderBy(row => predictions[row])];
        double[] quarters = [.. Enumerable.Range(0, 4).Select(quarter => PartOf(
            order[(quarter * labels.Length / 4)..((quarter + 1) * labels.Length / 4)]))];
        return new IntervalFigures(PartOf(order), quarters, intervals.Average(interval => interval.Upper - interval.Lower));

        double PartOf(int[] rows) => rows.Average(row =>
            (double)labels[row] >= intervals[row].Lower && labels[row] <= intervals[row].Upper ? 1.0 : 0);
    }

    /// <summary>Whether every part is as near to the level as is asked for: two points, or two standard errors where these are more.</summary>
    public bool Keeps(double level, int rowCount) =>
        IsNear(Coverage, level, rowCount) && Quarters.All(part => IsNear(part, level, rowCount / 4));

    private static bool IsNear(double part, double level, int rowCount) =>
        Math.Abs(part - level) <= Math.Max(0.02, 2 * Math.Sqrt(level * (1 - level) / rowCount));
}
