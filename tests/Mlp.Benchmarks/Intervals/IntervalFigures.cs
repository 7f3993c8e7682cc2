using System.Globalization;

namespace Mlp.Benchmarks.Intervals;

/// <summary>How often intervals hold the label, and how wide they are.</summary>
/// <param name="RowCount">Rows judged.</param>
/// <param name="Coverage">The part of all rows.</param>
/// <param name="Quarters">The same among the rows with the lowest quarter of predictions, and so on.</param>
/// <param name="Width">The mean.</param>
internal sealed record IntervalFigures(int RowCount, double Coverage, double[] Quarters, double Width)
{
    public string QuartersText => string.Join(", ", Quarters.Select(part => part.ToString("P1", CultureInfo.InvariantCulture)));

    /// <param name="intervals">One per row.</param>
    /// <param name="labels">One per row.</param>
    /// <param name="predictions">Rows are put in order by them.</param>
    public static IntervalFigures Of((double Lower, double Upper)[] intervals, float[] labels, float[] predictions)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length).OrderBy(row => predictions[row])];
        double[] quarters = [.. Enumerable.Range(0, 4).Select(quarter => PartOf(
            order[(quarter * labels.Length / 4)..((quarter + 1) * labels.Length / 4)]))];
        return new IntervalFigures(
            labels.Length, PartOf(order), quarters, intervals.Average(interval => interval.Upper - interval.Lower));

        double PartOf(int[] rows) => rows.Average(row =>
            (double)labels[row] >= intervals[row].Lower && labels[row] <= intervals[row].Upper ? 1.0 : 0);
    }

    /// <summary>That of several trainings.</summary>
    public static IntervalFigures Mean(IntervalFigures[] figures) => new(
        figures[0].RowCount, figures.Average(one => one.Coverage),
        [.. Enumerable.Range(0, 4).Select(quarter => figures.Average(one => one.Quarters[quarter]))], figures.Average(one => one.Width));

    /// <summary>Whether every part is as near to the level as is asked for: two points, or two standard errors where these are
    /// more.</summary>
    public bool Keeps(double level) =>
        IsNear(Coverage, level, RowCount) && Quarters.All(part => IsNear(part, level, RowCount / 4));

    private static bool IsNear(double part, double level, int rowCount) =>
        Math.Abs(part - level) <= Math.Max(0.02, 2 * Math.Sqrt(level * (1 - level) / rowCount));
}
