using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Figures;

/// <summary>Whether predicted probabilities match what happens: a reliability diagram, with the number of cases in each bin.</summary>
internal static class CalibrationFigure
{
    /// <param name="page">To write to.</param>
    /// <param name="calibration">Of the test rows.</param>
    /// <param name="probability">What is predicted, in words.</param>
    /// <param name="happened">What is true, in words.</param>
    public static void Write(ReportPage page, Calibration calibration, string probability, string happened)
    {
        IReadOnlyList<CalibrationBin> bins = calibration.Bins();
        int[] all = [.. Enumerable.Repeat(1, (int)bins.Sum(bin => bin.Count))];
        double error = calibration.ExpectedError(all);
        page.Figure(
            "Calibration",
            "On the dashed line, what is predicted with 70\u202F% happens in 70\u202F% of the cases. Vertical lines are 95\u202F% "
            + $"intervals, bars show the number of cases. The expected calibration error is {Texts.Percent(error)}.",
            (markup, id) => Draw(markup, id, bins, probability, happened, error),
            new ReportTable(
                "Ten bins of predicted probability", ["Bin", "Cases", "Mean probability", "Happened", "95 % interval"],
                [.. bins.Select(bin =>
            {
                (double low, double high) = ConfidenceIntervals.Wilson(bin.Share * bin.Count, bin.Count);
                return (string[])
                [
                    $"{Texts.Short(bin.Low)} to {Texts.Short(bin.High)}", Texts.Count(bin.Count), Texts.Percent(bin.MeanProbability),
                    Texts.Percent(bin.Share),
                    $"{Texts.Percent(low)} to {Texts.Percent(high)}",
                ];
            })]));
    }

    private static void Draw(
        Markup markup, string id, IReadOnlyList<CalibrationBin> bins, string probability, string happened, double error)
    {
        var chart = new Chart(
            markup, id, "Calibration",
            $"{happened} against {probability}, in {bins.Count} bins; expected calibration error {Texts.Percent(error)}", height: 300);
        chart.Frame(new Axis(probability, 0, 1) { IsShare = true }, new Axis(happened, 0, 1) { IsShare = true });
        double most = bins.Max(bin => bin.Count), highest = 0.22 * (chart.Bottom - chart.Top);
        foreach (CalibrationBin bin in bins)
        {
            double height = Math.Max(1, highest * bin.Count / most);
            chart.Bar(
                chart.X(bin.Low) + 1, chart.Bottom - height, chart.X(bin.High) - chart.X(bin.Low) - 2, height, "f0 softer",
                ($"{probability} {Texts.Short(bin.Low)} to {Texts.Short(bin.High)}", Texts.Plural(bin.Count, "case")));
        }
        chart.Line([(chart.X(0), chart.Y(0)), (chart.X(1), chart.Y(1))], "guide");
        chart.Line(bins.Select(bin => (chart.X(bin.MeanProbability), chart.Y(bin.Share))), "s0 faint", "");
        foreach (CalibrationBin bin in bins)
        {
            (double low, double high) = ConfidenceIntervals.Wilson(bin.Share * bin.Count, bin.Count);
            chart.Segment(chart.X(bin.MeanProbability), chart.Y(low), chart.X(bin.MeanProbability), chart.Y(high), "s0 line thin");
            chart.Mark(bin.MeanProbability, bin.Share, 0, "f0", size: 4);
        }
        chart.End();
    }
}
