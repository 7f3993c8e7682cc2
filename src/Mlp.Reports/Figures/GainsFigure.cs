using Mlp.Reports.Content;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>How many rows of the positive class are among those with the highest probabilities: for those who can look at some of the rows
/// alone.</summary>
internal static class GainsFigure
{
    private const int PartCount = 10, MaxPoints = 200;

    /// <param name="page">To write to.</param>
    /// <param name="rows">Of two classes.</param>
    public static void Write(ReportPage page, ScoredRows rows)
    {
        TestPredictions predictions = rows.Predictions;
        bool[] applies = [.. predictions.Actual.Select(actual => actual == 1)];
        double positives = applies.Count(each => each);
        if (positives == 0 || positives == applies.Length)
            return;
        string name = rows.OutputNames[1];
        var steps = new RankedScores(predictions.Values, applies).Steps();
        page.Figure(
            "Cumulative gains",
            $"Right: the share of the rows that are looked at, those with the highest probability of {name} first. Up: the share of the "
            + $"rows of {name} that are found among them. The dashed line is looking at random.",
            (markup, id) => Draw(markup, id, steps, name),
            Lift(predictions.Values, applies, name));
    }

    private static void Draw(Markup markup, string id, List<(double Positives, double Negatives)> steps, string name)
    {
        (double positives, double negatives) = steps[^1];
        int stride = Math.Max(1, steps.Count / MaxPoints);
        (double Looked, double Found)[] points = [.. steps.Where((_, index) => index % stride == 0 || index == steps.Count - 1).Select(
            step => ((step.Positives + step.Negatives) / (positives + negatives), step.Positives / positives))];
        double half = points.First(point => point.Looked >= 0.5).Found;
        var chart = new Chart(
            markup, id, "Cumulative gains", $"Half of the rows hold {Texts.Percent(half)} of those of {name}", height: 300);
        chart.Frame(
            new Axis("share of the rows", 0, 1) { IsShare = true }, new Axis($"share of {name} found", 0, 1) { IsShare = true });
        chart.Line([(chart.X(0), chart.Y(0)), (chart.X(1), chart.Y(1))], "guide");
        chart.Line(points.Select(point => (chart.X(point.Looked), chart.Y(point.Found))), "s0", "");
        chart.End();
    }

    /// <summary>Tenths of the rows, in the order of their probabilities; equal ones stay in the order of the rows.</summary>
    private static ReportTable Lift(double[] probabilities, bool[] applies, string name)
    {
        int[] order = [.. Enumerable.Range(0, applies.Length).OrderByDescending(row => probabilities[row])];
        double positives = applies.Count(each => each), overall = positives / applies.Length;
        int partCount = Math.Min(PartCount, order.Length);
        var cells = new List<string[]>();
        double found = 0;
        for (int part = 0; part < partCount; part++)
        {
            int[] rows = order[(part * order.Length / partCount)..((part + 1) * order.Length / partCount)];
            int here = rows.Count(row => applies[row]);
            found += here;
            double share = here / (double)rows.Length;
            cells.Add(
            [
                $"{part + 1} of {partCount}", Texts.Count(rows.Length), Texts.Short(probabilities[rows[^1]]), Texts.Percent(share),
                Texts.Short(share / overall), Texts.Percent(found / positives),
            ]);
        }
        return new ReportTable(
            "Tenths of the rows, highest probabilities first",
            ["Tenth", "Rows", "Lowest probability", $"Share of {name}", "Lift: times that of all rows", $"{name} found so far"], cells);
    }
}
